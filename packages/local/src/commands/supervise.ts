import { StartError } from '../fail';
import { Layout } from '../layout';
import { findProcess, forgetProcess, recordProcess } from '../processes';

/**
 * Runs what keeps a portal up, as the one process that `stop` ends and
 * `status` names.
 *
 * @throws StartError where another one does so already
 */
export async function supervise(
  { run }: Layout,
  work: () => Promise<number>,
): Promise<number> {
  const running = findProcess(run, 'supervisor');
  if (running && running.pid !== process.pid) {
    throw new StartError(
      `Waymark already runs from this checkout (process ${running.pid}).`,
      'Open it, or end it with ./waymark stop.',
    );
  }
  recordProcess(run, 'supervisor', process.pid);
  try {
    return await work();
  } finally {
    forgetProcess(run, 'supervisor');
  }
}
