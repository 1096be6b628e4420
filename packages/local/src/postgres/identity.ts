import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { statSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The system user PostgreSQL runs as. */
export interface Identity {
  uid: number;
  gid: number;
}

/**
 * PostgreSQL refuses to run as root. Started by root it runs as an existing
 * unprivileged user; no user is added to the system for it.
 *
 * @returns nothing for an ordinary user, who runs it as themselves
 */
export function postgresIdentity(): Identity | undefined {
  if (process.getuid?.() !== 0) return undefined;
  for (const name of ['postgres', 'nobody']) {
    try {
      const id = (flag: string) =>
        Number(
          execFileSync('id', [flag, name], {
            stdio: ['ignore', 'pipe', 'ignore'],
          }),
        );
      return { uid: id('-u'), gid: id('-g') };
    } catch {
      // Not on this system: try the next.
    }
  }
  return undefined;
}

/**
 * Chooses where the cluster lives: in the state folder, or, where root's own
 * folders shut the server's user out, below /var/lib.
 */
export function postgresFolder(state: string): string {
  const inState = join(state, 'postgres');
  if (!postgresIdentity() || isOpenToOthers(state)) return inState;
  const id = createHash('sha256').update(state).digest('hex').slice(0, 12);
  return join('/var/lib/waymark', id, 'postgres');
}

function isOpenToOthers(path: string): boolean {
  for (let folder = path; ; folder = dirname(folder)) {
    const mode = statSync(folder, { throwIfNoEntry: false })?.mode;
    // Others need the right to enter every folder on the way.
    if (mode !== undefined && !(mode & 0o001)) return false;
    if (folder === dirname(folder)) return true;
  }
}
