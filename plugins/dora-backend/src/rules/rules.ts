/** Runs of workflows, or releases, that are deployments. */
export interface DeploymentRule {
  from: 'workflow-run' | 'release';
  repository: string;
  workflow: string;
  branch: string;
  environment: string;
}

/** What decides which events count; `*` in a pattern stands for any text. */
export interface CountingRules {
  /** Patterns of environments that are production. */
  production: string[];
  /** Beside what the source itself calls a deployment. */
  deployments: DeploymentRule[];
  /** Patterns of severities of incidents that count. */
  severities: string[];
  /** Patterns of branches, beside the default one, that changes are merged into. */
  branches: string[];
  /** Patterns of labels of pull requests that do not count. */
  exceptLabels: string[];
}

export type RuleName = keyof CountingRules;

/** Rules of a group or of a component. */
export interface Override extends Partial<CountingRules> {
  /** Reference of the group or the component. */
  for: string;
}

/** What holds where nobody says anything else. */
export const DEFAULT_RULES: CountingRules = {
  production: ['production', 'production-*', 'prod', 'prod-*'],
  deployments: [],
  severities: ['*'],
  branches: [],
  exceptLabels: [],
};

/** Where each is set: the key below `dora` or an override, and the annotation. */
export const RULE_NAMES: Record<RuleName, { key: string; annotation: string }> =
  {
    production: {
      key: 'environments.production',
      annotation: 'waymark.dev/dora-production-environments',
    },
    deployments: {
      key: 'deployments',
      annotation: 'waymark.dev/dora-deployments',
    },
    severities: {
      key: 'incidents.severities',
      annotation: 'waymark.dev/dora-incident-severities',
    },
    branches: {
      key: 'changes.branches',
      annotation: 'waymark.dev/dora-change-branches',
    },
    exceptLabels: {
      key: 'changes.exceptLabels',
      annotation: 'waymark.dev/dora-except-labels',
    },
  };

/** In the order in which they are shown. */
export const RULES = Object.keys(RULE_NAMES) as RuleName[];

/** What an entity says of its rules: text by annotation. */
export type Said = Partial<Record<RuleName, string>>;

/** The annotations of an entity that say what counts. */
export function saidBy(annotations: Record<string, string> = {}): Said {
  const said: Said = {};
  for (const name of RULES) {
    const text = annotations[RULE_NAMES[name].annotation];
    if (text !== undefined) said[name] = text;
  }
  return said;
}

/**
 * Reads an annotation: names or patterns with commas between them; for deployments
 * `workflow-run:<workflow>[@<branch>]=<environment>` or `release=<environment>`.
 *
 * @throws Error that says what cannot be read
 */
export function readSaid<K extends RuleName>(
  name: K,
  text: string,
): CountingRules[K] {
  const parts = text
    .split(',')
    .map(part => part.trim())
    .filter(Boolean);
  if (parts.length > 100 || parts.some(part => part.length > 300)) {
    throw new Error('it is too long');
  }
  const mayBeEmpty = name !== 'production' && name !== 'severities';
  if (parts.length === 0 && !mayBeEmpty) throw new Error('it names none');
  const read = name === 'deployments' ? parts.map(readDeployment) : parts;
  return read as CountingRules[K];
}

const DEPLOYMENT =
  /^(?:(?<release>release)|workflow-run:(?<workflow>[^@=]+)(?:@(?<branch>[^@=]+))?)=(?<environment>[^@=]+)$/;

function readDeployment(text: string): DeploymentRule {
  const found = DEPLOYMENT.exec(text)?.groups;
  if (!found) throw new Error(`"${text}" names no workflow run and no release`);
  return {
    from: found.release ? 'release' : 'workflow-run',
    repository: '*',
    workflow: found.workflow ?? '*',
    branch: found.branch ?? '*',
    environment: found.environment,
  };
}
