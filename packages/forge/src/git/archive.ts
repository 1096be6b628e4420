import { spawn } from 'node:child_process';
import { Response } from 'express';
import { pipeline } from 'node:stream/promises';
import { gitEnv } from './exec';
import { GitRepository } from './repository';

/** An archive of one commit, below one folder. */
export interface Archive {
  sha: string;
  format: 'tar.gz' | 'zip';
  /** Name of the file and of its one folder; plain characters only. */
  name: string;
}

/** Streams an archive as the answer. */
export async function sendArchive(
  res: Response,
  repository: GitRepository,
  { sha, format, name }: Archive,
): Promise<void> {
  const child = spawn(
    'git',
    ['archive', `--format=${format}`, `--prefix=${name}/`, sha],
    {
      cwd: repository.dir,
      env: { ...gitEnv(repository.dir), GIT_DIR: repository.dir },
      stdio: ['ignore', 'pipe', 'ignore'],
    },
  );
  const exited = new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  res.type(format === 'zip' ? 'application/zip' : 'application/x-gzip');
  res.setHeader(
    'Content-Disposition',
    `attachment; filename=${name}.${format}`,
  );
  try {
    // Left open until git says that the archive is whole.
    await pipeline(child.stdout, res, { end: false });
  } catch (error) {
    child.kill('SIGKILL');
    await exited;
    if (res.destroyed) {
      return;
    }
    throw error;
  }
  if ((await exited) === 0) {
    res.end();
  } else {
    res.destroy();
  }
}
