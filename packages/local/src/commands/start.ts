import { StartError } from '../fail';
import { findProcess, forgetProcess, recordProcess } from '../processes';
import { Portal } from '../portal/Portal';
import { waitForCatalog } from '../portal/catalog';
import { PortalClient } from '../portal/client';
import { Progress } from '../progress';
import { warmDocs } from '../techdocs/warm';
import { CommandContext } from './context';

/** `waymark start`: everything, until Ctrl-C or `waymark stop`. */
export async function start(context: CommandContext): Promise<number> {
  const { layout } = context;
  const running = findProcess(layout.run, 'supervisor');
  if (running && running.pid !== process.pid) {
    throw new StartError(
      `Waymark already runs from this checkout (process ${running.pid}).`,
      'Open it, or end it with ./waymark stop.',
    );
  }
  recordProcess(layout.run, 'supervisor', process.pid);

  const progress = new Progress();
  const portal = new Portal(context, progress);
  const interrupted = new Promise<number>(resolve => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.once(signal, () => resolve(0));
    }
  });
  try {
    return await Promise.race([interrupted, run(portal, progress)]);
  } finally {
    process.stdout.write('\nStopping …\n');
    await portal.stop();
    forgetProcess(layout.run, 'supervisor');
    process.stdout.write('Stopped. Everything is kept for the next start.\n');
  }
}

async function run(portal: Portal, progress: Progress): Promise<number> {
  const notes = await portal.prepare();
  await portal.startServices();
  const backend = await portal.startBackend();
  const client = new PortalClient(portal.url);
  await progress.step('Catalog', note => waitForCatalog(client, note));

  process.stdout.write(
    [
      '',
      `Waymark is ready after ${progress.elapsed()}`,
      '',
      `  Portal  ${portal.url}`,
      `  Forge   ${portal.forgeUrl}`,
      `  Log     ${backend.log}`,
      ...notes.map(note => `\n  ${note}`),
      '',
      'Ctrl-C or ./waymark stop ends it.',
      '',
    ].join('\n'),
  );
  if (notes.length === 0) void warmDocs(client);
  const code = await backend.ended;
  throw new StartError(
    `The portal ended by itself (exit code ${code}).`,
    `Its log says why: ${backend.log}`,
  );
}
