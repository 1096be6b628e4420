import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { Layout } from '../layout';
import { Ports } from '../ports';
import { Secrets } from '../secrets';

/** Where the portal finds its database. */
export interface DatabaseConnection {
  host: string;
  port: number | string;
  user: string;
  password: string;
}

/** The environment that app-config.laptop.yaml is written against. */
export function portalEnvironment(options: {
  layout: Layout;
  ports: Ports;
  secrets: Secrets;
  database: DatabaseConnection;
  /** Whether it shows deliveries that never were. */
  hasSampleHistory: boolean;
  env: NodeJS.ProcessEnv;
}): NodeJS.ProcessEnv {
  const { layout, ports, secrets, database, hasSampleHistory, env } = options;
  return {
    ...env,
    PATH: [join(layout.venv, 'bin'), env.PATH].join(delimiter),
    NODE_COMPILE_CACHE: join(layout.cache, 'v8'),
    POSTGRES_DB: env.POSTGRES_DB ?? 'waymark',
    POSTGRES_HOST: database.host,
    POSTGRES_PASSWORD: database.password,
    POSTGRES_PORT: String(database.port),
    POSTGRES_USER: database.user,
    WAYMARK_COMMIT: currentCommit(layout.root),
    WAYMARK_FORGE_PORT: String(ports.forge),
    WAYMARK_FORGE_TOKEN: secrets.forgeToken,
    WAYMARK_PORT: String(ports.portal),
    WAYMARK_SAMPLE_DATA: String(hasSampleHistory),
    WAYMARK_STATE: layout.state,
    WAYMARK_WEBHOOK_SECRET: secrets.webhookSecret,
  };
}

/** The configuration files of laptop mode, the strongest last. */
export function configFiles(root: string): string[] {
  return ['app-config.yaml', 'app-config.laptop.yaml', 'app-config.local.yaml']
    .map(name => join(root, name))
    .filter(path => existsSync(path));
}

/**
 * A PostgreSQL server of the user's own, from the environment.
 *
 * @returns nothing where the embedded one is to be used
 */
export function externalDatabase(
  env: NodeJS.ProcessEnv,
): DatabaseConnection | undefined {
  if (!env.POSTGRES_HOST) return undefined;
  return {
    host: env.POSTGRES_HOST,
    port: env.POSTGRES_PORT ?? 5432,
    user: env.POSTGRES_USER ?? 'postgres',
    password: env.POSTGRES_PASSWORD ?? '',
  };
}

function currentCommit(root: string): string | undefined {
  try {
    return execFileSync('git', ['-C', root, 'rev-parse', 'HEAD'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
  } catch {
    // Unpacked from an archive, there is none.
    return undefined;
  }
}
