import { findProcess } from '../processes';
import { HistoryRecord } from '../portal/HistoryRecord';
import { CommandContext } from './context';

/** What `waymark status --json` prints. */
interface Status {
  running: boolean;
  portal: { url: string; ready: boolean };
  forge: { url: string; ready: boolean };
  /** Of the sample company; left out where it has none. */
  sampleHistory?: { repositories: number; whole: boolean };
}

/**
 * `waymark status`: what runs and whether it answers.
 *
 * @returns 0 when the portal is ready, 1 when not
 */
export async function status(
  { layout, ports }: CommandContext,
  json: boolean,
): Promise<number> {
  const portal = `http://localhost:${ports.portal}`;
  const forge = `http://localhost:${ports.forge}`;
  const history = HistoryRecord.open(layout.history);
  const result: Status = {
    running: findProcess(layout.run, 'supervisor') !== undefined,
    portal: {
      url: portal,
      ready: await answers(`${portal}/.backstage/health/v1/readiness`),
    },
    forge: { url: forge, ready: await answers(`${forge}/api/v3/meta`) },
    ...(history && {
      sampleHistory: {
        repositories: history.told.length,
        whole: history.isWhole,
      },
    }),
  };
  process.stdout.write(
    json
      ? `${JSON.stringify(result, null, 2)}\n`
      : [
          result.running ? 'Waymark runs.' : 'Waymark does not run.',
          `  Portal  ${portal}  ${result.portal.ready ? 'ready' : 'no answer'}`,
          `  Forge   ${forge}  ${result.forge.ready ? 'ready' : 'no answer'}`,
          ...(history
            ? [
                `  Sample  delivery history ${
                  history.isWhole
                    ? 'loaded'
                    : `of ${history.told.length} repositories so far`
                }`,
              ]
            : []),
          '',
        ].join('\n'),
  );
  return result.portal.ready ? 0 : 1;
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(url, { signal: AbortSignal.timeout(5_000) })).ok;
  } catch {
    return false;
  }
}
