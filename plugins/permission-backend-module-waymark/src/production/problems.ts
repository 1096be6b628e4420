import { Config } from '@backstage/config';

/** Why a configuration is unsafe: the key, and what to do about it. */
export interface ProductionProblem {
  key: string;
  fix: string;
}

const SECRET_KEY = /(secret|token|password|privatekey|accesskey)(s\[\d+\])?$/i;

/** Production is what `NODE_ENV` or `auth.environment` says it is. */
export function isProduction(
  config: Config,
  nodeEnv: string | undefined,
): boolean {
  return (
    nodeEnv === 'production' ||
    config.getOptionalString('auth.environment') === 'production'
  );
}

/** Every reason not to serve this configuration to real people. */
export function findProductionProblems(config: Config): ProductionProblem[] {
  const problems: ProductionProblem[] = [];

  for (const provider of ['guest', 'persona']) {
    if (config.has(`auth.providers.${provider}`)) {
      problems.push({
        key: `auth.providers.${provider}`,
        fix: 'lets anyone in without proof of who they are; remove it and configure github or oidc',
      });
    }
  }
  if (config.getOptionalBoolean('permission.enabled') !== true) {
    problems.push({
      key: 'permission.enabled',
      fix: 'must be true, or everyone may do everything',
    });
  }
  if (
    config.getOptionalBoolean(
      'backend.auth.dangerouslyDisableDefaultAuthPolicy',
    )
  ) {
    problems.push({
      key: 'backend.auth.dangerouslyDisableDefaultAuthPolicy',
      fix: 'opens every route to everyone; remove it',
    });
  }
  return [
    ...problems,
    ...findMissingSecrets(config),
    ...findEmptySecrets(config.get(), ''),
  ];
}

/** A variable that is not set leaves no key behind at all. */
function findMissingSecrets(config: Config): ProductionProblem[] {
  const missing: string[] = [];
  const signIn = config.getOptionalConfig('auth.providers')?.keys() ?? [];
  if (
    signIn.some(name => name === 'github' || name === 'oidc') &&
    !config.has('auth.session.secret')
  ) {
    missing.push('auth.session.secret');
  }
  if (
    config.getOptionalStringArray('events.http.topics')?.includes('github') &&
    !config.has('events.modules.github.webhookSecret')
  ) {
    missing.push('events.modules.github.webhookSecret');
  }
  config
    .getOptionalConfigArray('integrations.github')
    ?.forEach((integration, index) => {
      if (!integration.has('token') && !integration.has('apps')) {
        missing.push(`integrations.github[${index}].token`);
      }
    });
  return missing.map(key => ({
    key,
    fix: 'is not set; set it, or the variable it is read from',
  }));
}

function findEmptySecrets(value: unknown, path: string): ProductionProblem[] {
  if (Array.isArray(value)) {
    return value.flatMap((item, index) =>
      findEmptySecrets(item, `${path}[${index}]`),
    );
  }
  if (value && typeof value === 'object') {
    return Object.entries(value).flatMap(([key, child]) =>
      findEmptySecrets(child, path ? `${path}.${key}` : key),
    );
  }
  const isEmpty =
    value === null || (typeof value === 'string' && value.trim() === '');
  return SECRET_KEY.test(path) && isEmpty
    ? [{ key: path, fix: 'is empty; set it, or remove the block it is in' }]
    : [];
}
