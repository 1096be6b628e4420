import { statfs } from 'node:fs/promises';
import { StartError } from './fail';

/** What one run may write before somebody notices: database, logs, docs. */
const LEAST = 200 * 1024 * 1024;

/**
 * Refuses to start on a disk that is all but full: a database that cannot
 * write fails later, and in many words.
 *
 * @throws StartError with what is free and what is needed
 */
export async function assertDiskSpace(folder: string, least = LEAST) {
  const { bavail, bsize } = await statfs(folder);
  const free = bavail * bsize;
  if (free >= least) return;
  const mib = (bytes: number) => Math.floor(bytes / 1024 / 1024);
  throw new StartError(
    `The disk is full: ${mib(free)} MiB are free for ${folder}.`,
    `Free some space, at least ${mib(
      least,
    )} MiB, or choose another folder with WAYMARK_STATE, then start again.`,
  );
}
