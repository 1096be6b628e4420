import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { newsOf } from '../platform/sync';
import { watchPlatform } from '../platform/watch';
import { configFiles } from '../portal/environment';
import { Portal } from '../portal/Portal';
import { Progress } from '../progress';
import { ensureDocsBuilder } from '../techdocs/python';
import { CommandContext } from './context';
import { supervise } from './supervise';

const APP_URL = 'http://localhost:3000';

/** `waymark dev`: app and backend with hot reload, over the same services. */
export async function dev(context: CommandContext): Promise<number> {
  return supervise(context.layout, () => develop(context));
}

async function develop(context: CommandContext): Promise<number> {
  const progress = new Progress();
  const portal = new Portal(context, progress);
  const { root } = context.layout;
  // Ctrl-C reaches the child too; services end after it did.
  process.on('SIGINT', () => undefined);
  let watching: { close(): void } | undefined;
  try {
    const note = await ensureDocsBuilder(context.layout, progress);
    if (note) process.stdout.write(`${note}\n`);
    const synced = await portal.startServices();
    process.stdout.write(
      newsOf(synced)
        .map(line => `${line}\n`)
        .join(''),
    );
    watching = watchPlatform(root, async () => {
      const now = await portal.syncPlatform();
      const lines = now.moved ? ['Golden paths brought over.'] : newsOf(now);
      process.stdout.write(lines.map(line => `${line}\n`).join(''));
    });
    const child = spawn(
      process.execPath,
      [
        join(root, 'node_modules/@backstage/cli/bin/backstage-cli'),
        'repo',
        'start',
        ...configFiles(root).flatMap(file => ['--config', file]),
      ],
      {
        cwd: root,
        stdio: 'inherit',
        env: {
          ...portal.environment(),
          // The app is served by its own development server.
          APP_CONFIG_app_baseUrl: JSON.stringify(APP_URL),
          APP_CONFIG_backend_cors: JSON.stringify({
            origin: APP_URL,
            credentials: true,
          }),
        },
      },
    );
    process.once('SIGTERM', () => child.kill('SIGTERM'));
    return await new Promise(resolve =>
      child.once('exit', code => resolve(code ?? 0)),
    );
  } finally {
    watching?.close();
    await portal.stop();
  }
}
