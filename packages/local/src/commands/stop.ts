import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { postgresFolder } from '../postgres/identity';
import { endProcess, findProcess, forgetProcess, isAlive } from '../processes';
import { CommandContext } from './context';

/** `waymark stop`: ends a running portal, or what a killed one left behind. */
export async function stop({ layout }: CommandContext): Promise<number> {
  let ended = 0;
  // The supervisor ends the others itself; they are left only if it was killed.
  for (const name of ['supervisor', 'backend']) {
    const found = findProcess(layout.run, name);
    if (found) {
      await endProcess(found.pid, 'SIGTERM', 40_000);
      ended += 1;
    }
    forgetProcess(layout.run, name);
  }
  const postgres = orphanedPostgres(postgresFolder(layout.state));
  if (postgres) {
    await endProcess(postgres, 'SIGINT', 20_000);
    ended += 1;
  }
  process.stdout.write(ended ? 'Stopped.\n' : 'Nothing was running.\n');
  return 0;
}

function orphanedPostgres(folder: string): number | undefined {
  const pidFile = join(folder, 'data', 'postmaster.pid');
  if (!existsSync(pidFile)) return undefined;
  const pid = Number(readFileSync(pidFile, 'utf8').split('\n')[0]);
  return pid > 0 && isAlive(pid) ? pid : undefined;
}
