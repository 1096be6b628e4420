import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { freePort } from '../../support/faults/freePort';
import { checkout, secretsOf, shared } from '../../support/faults/place';

const safe = {
  WAYMARK_URL: 'https://portal.example',
  WAYMARK_GIT_HOST: 'github.com',
  WAYMARK_GIT_OWNER: 'acme',
  WAYMARK_CATALOG_URL: 'https://github.com/acme/catalog/blob/main/all.yaml',
  WAYMARK_TEMPLATES_URL: 'https://github.com/acme/templates/blob/main/all.yaml',
  GITHUB_TOKEN: 'token',
  GITHUB_WEBHOOK_SECRET: 'secret-of-the-webhook',
  AUTH_SESSION_SECRET: 'session-secret',
  AUTH_GITHUB_CLIENT_ID: 'id',
  AUTH_GITHUB_CLIENT_SECRET: 'client-secret',
};

/** One thing wrong with a production configuration, and the key to name. */
const WRONG: [key: string, change: Record<string, string>][] = [
  ['auth.providers.guest', { APP_CONFIG_auth_providers_guest: '{}' }],
  [
    'auth.providers.persona',
    {
      APP_CONFIG_auth_providers_persona:
        '{"users":[{"entityRef":"user:default/a","title":"A"}]}',
    },
  ],
  ['permission.enabled', { APP_CONFIG_permission_enabled: 'false' }],
  [
    'backend.auth.dangerouslyDisableDefaultAuthPolicy',
    { APP_CONFIG_backend_auth_dangerouslyDisableDefaultAuthPolicy: 'true' },
  ],
  ['auth.session.secret', { AUTH_SESSION_SECRET: '' }],
  ['integrations.github[0].token', { GITHUB_TOKEN: '' }],
  ['events.modules.github.webhookSecret', { GITHUB_WEBHOOK_SECRET: '' }],
  ['dora.sources.github.secrets[0]', { GITHUB_WEBHOOK_SECRET: '' }],
  ['backend.database.connection.password', { POSTGRES_PASSWORD: '' }],
  [
    'auth.providers.github.production.clientSecret',
    { AUTH_GITHUB_CLIENT_SECRET: '' },
  ],
];

test.describe('production', () => {
  test.setTimeout(120_000);

  test('does not start unsafe, and says which keys to change', async () => {
    const change = Object.assign({}, ...WRONG.map(([, one]) => one));
    const { output, served } = await startBackend(change);
    expect(served).not.toBe(200);
    expect(keysIn(output)).toEqual(WRONG.map(([key]) => key).sort());
    for (const secret of Object.values(safe).filter(one =>
      /secret/.test(one),
    )) {
      expect(output).not.toContain(secret);
    }
  });

  test('does not start for the sake of one key', async () => {
    const [key, change] = WRONG[0];
    const { output, served } = await startBackend(change);
    expect(served).not.toBe(200);
    expect(keysIn(output)).toEqual([key]);
  });
});

function keysIn(output: string): string[] {
  return [
    ...new Set([...output.matchAll(/^ {2}- (\S+): /gm)].map(([, key]) => key)),
  ].sort();
}

/**
 * Starts the real backend with the production configuration until it has said
 * why it does not; also tells how it answers a visitor then.
 */
async function startBackend(change: Record<string, string>) {
  const root = (path: string) => join(checkout, path);
  const port = await freePort();
  const child = spawn(
    process.execPath,
    [
      '--require',
      root('node_modules/@backstage/cli/config/nodeTransform.cjs'),
      'src/index.ts',
      ...['--config', root('app-config.yaml')],
      ...['--config', root('app-config.production.yaml')],
    ],
    {
      cwd: root('packages/backend'),
      env: {
        PATH: process.env.PATH,
        NODE_ENV: 'production',
        APP_CONFIG_backend_listen: JSON.stringify(`127.0.0.1:${port}`),
        POSTGRES_HOST: '127.0.0.1',
        POSTGRES_PORT: String(shared.postgresPort),
        POSTGRES_USER: 'waymark',
        POSTGRES_PASSWORD: secretsOf(shared).postgresPassword,
        // One of its own: nothing of the running portal is touched.
        POSTGRES_DB: 'no_such_database',
        ...safe,
        ...change,
      },
    },
  );
  let output = '';
  const ended = new Promise<void>(resolve => child.once('exit', resolve));
  const told = new Promise<void>(resolve => {
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', chunk => {
        output += chunk;
        if (output.includes('refuses to start in production')) resolve();
      });
    }
  });
  await Promise.race([told, ended]);
  const served = await statusOf(
    `http://127.0.0.1:${port}/.backstage/health/v1/readiness`,
  );
  child.kill('SIGKILL');
  await ended;
  return { output: unescape(output), served };
}

/** Log lines are JSON: their line breaks are written as `\\n`. */
function unescape(text: string): string {
  return text.replace(/\\n/g, '\n');
}

async function statusOf(url: string): Promise<number | undefined> {
  try {
    return (await fetch(url)).status;
  } catch {
    return undefined;
  }
}
