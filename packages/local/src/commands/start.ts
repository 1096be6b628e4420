import { StartError } from '../fail';
import { Backend } from '../portal/Backend';
import { Crashes } from '../portal/crashes';
import { Portal } from '../portal/Portal';
import { waitForCatalog } from '../portal/catalog';
import { showCampaigns } from '../portal/campaigns';
import { PortalClient } from '../portal/client';
import { showGoldenPaths } from '../portal/goldenPaths';
import { newsOf } from '../platform/sync';
import { Progress } from '../progress';
import { warmDocs } from '../techdocs/warm';
import { CommandContext } from './context';
import { supervise } from './supervise';

/** `waymark start`: everything, until Ctrl-C or `waymark stop`. */
export async function start(context: CommandContext): Promise<number> {
  return supervise(context.layout, () => startAndKeep(context));
}

async function startAndKeep(context: CommandContext): Promise<number> {
  const progress = new Progress();
  const portal = new Portal(context, progress);
  const ending = new AbortController();
  const interrupted = new Promise<number>(resolve => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.once(signal, () => resolve(0));
    }
  });
  try {
    return await Promise.race([
      interrupted,
      run(portal, progress, ending.signal),
    ]);
  } finally {
    ending.abort();
    process.stdout.write('\nStopping …\n');
    await portal.stop();
    process.stdout.write('Stopped. Everything is kept for the next start.\n');
  }
}

async function run(
  portal: Portal,
  progress: Progress,
  ending: AbortSignal,
): Promise<number> {
  const notes = await portal.prepare();
  const synced = await portal.startServices();
  const backend = await portal.startBackend();
  const client = new PortalClient(portal.url);
  void showGoldenPaths(client, portal.goldenPathsUrl, synced.moved);
  await progress.step('Catalog', note =>
    waitForCatalog(client, portal.components, note),
  );
  void showCampaigns(client);

  process.stdout.write(
    [
      '',
      `Waymark is ready after ${progress.elapsed()}`,
      '',
      `  Portal  ${portal.url}`,
      `  Forge   ${portal.forgeUrl}`,
      `  Log     ${backend.log}`,
      ...[...notes, ...newsOf(synced)].map(note => `\n  ${note}`),
      '',
      'Ctrl-C or ./waymark stop ends it.',
      '',
    ].join('\n'),
  );
  void afterwards(portal, ending, async () => {
    if (notes.length === 0) await warmDocs(client);
  });
  return keepRunning(portal, backend, ending);
}

/** What a portal is a portal without, one after the other. */
async function afterwards(
  portal: Portal,
  ending: AbortSignal,
  warm: () => Promise<void>,
) {
  // Where it is cut short, the next start goes on with it.
  await portal.tellHistory(ending).catch(() => {});
  if (!ending.aborted) await warm();
}

/** Starts the backend again when it crashes; it is never left for dead. */
async function keepRunning(
  portal: Portal,
  first: Backend,
  ending: AbortSignal,
): Promise<number> {
  const crashes = new Crashes();
  let backend = first;
  for (;;) {
    const how = await backend.ended;
    if (ending.aborted) return 0;
    if (!crashes.isWorthAnotherStart(Date.now())) {
      throw new StartError(
        `The portal crashed three times within a minute (${how}).`,
        `Its log says why: ${backend.log}`,
      );
    }
    process.stdout.write(
      `\nThe portal crashed (${how}) and is started again. Its log so far: ${backend.log}.1\n`,
    );
    try {
      backend = await portal.startBackend();
      const client = new PortalClient(portal.url);
      void showGoldenPaths(client, portal.goldenPathsUrl, false);
      process.stdout.write('Waymark is ready again.\n');
    } catch (error) {
      // A crash while starting is one more crash.
      if (!(error instanceof StartError)) throw error;
      process.stdout.write(`${error.message}\n`);
    }
  }
}
