import { execFile } from 'node:child_process';
import { lstatSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Name of the platform's own repository, in any organisation. */
export const PLATFORM_REPOSITORY = 'platform';

/** What of the checkout the platform's repository holds, at the same path. */
export const PLATFORM_SOURCES = [
  'catalog-info.yaml',
  'docs',
  'mkdocs.yml',
  'platform',
  'policies',
  'templates',
];

/** Git hosts look for reusable workflows in this one place. */
const WORKFLOWS = /^platform\/workflows\//;

/** One file of the platform's repository. */
export interface PlatformFile {
  path: string;
  content: Buffer;
  executable: boolean;
}

/**
 * The tree of the platform's repository as the checkout has it, changes that
 * are in no commit yet included. What .gitignore names stays out.
 */
export async function readPlatform(root: string): Promise<PlatformFile[]> {
  return (await listFiles(root)).flatMap(path => {
    const source = join(root, path);
    const stat = lstatSync(source, { throwIfNoEntry: false });
    if (!stat?.isFile()) return [];
    const file = {
      path,
      content: readFileSync(source),
      executable: Boolean(stat.mode & 0o100),
    };
    return WORKFLOWS.test(path)
      ? [file, { ...file, path: path.replace(WORKFLOWS, '.github/workflows/') }]
      : [file];
  });
}

async function listFiles(root: string): Promise<string[]> {
  const list = (...args: string[]) =>
    run(
      'git',
      [...args, '--exclude-standard', '-z', '--', ...PLATFORM_SOURCES],
      {
        cwd: root,
        maxBuffer: 64 * 1024 * 1024,
      },
    );
  const { stdout } = await list('ls-files', '-co').catch(() =>
    // Unpacked from an archive, or owned by another user: git knows nothing of
    // the checkout and still knows what is ignored.
    withEmptyRepository(gitDir =>
      list(`--git-dir=${gitDir}`, `--work-tree=${root}`, 'ls-files', '-o'),
    ),
  );
  return [...new Set(stdout.split('\0').filter(Boolean))].sort();
}

async function withEmptyRepository<T>(
  work: (gitDir: string) => Promise<T>,
): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'waymark-list-'));
  try {
    await run('git', ['init', '--quiet', '--bare', folder]);
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
