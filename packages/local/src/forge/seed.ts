import { execFile, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Octokit } from '@octokit/rest';
import { forgeClient } from './client';
import { SampleRepository } from '../sample';
import { toFastImport } from './fastImport';

const run = promisify(execFile);

/** Where sample repositories go, and as whom. */
export interface SeedTarget {
  /** Root of the forge, such as `http://localhost:7300`. */
  url: string;
  owner: string;
  token: string;
}

/**
 * Creates each repository through the API and pushes its history with git, as
 * a person would. What is there already is left alone, so an interrupted run
 * goes on.
 */
export async function seedRepositories(
  repositories: SampleRepository[],
  target: SeedTarget,
  onDone: (count: number) => void,
) {
  const octokit = forgeClient(target.url, target.token);
  const queue = repositories.entries();
  let done = 0;
  const worker = async () => {
    for (const [, repository] of queue) {
      await seedRepository(octokit, repository, target);
      done += 1;
      onDone(done);
    }
  };
  await Promise.all([worker(), worker()]);
}

async function seedRepository(
  octokit: Octokit,
  repository: SampleRepository,
  target: SeedTarget,
) {
  const { name, description, topics, defaultBranch } = repository;
  const place = { owner: target.owner, repo: name };
  if (!(await exists(() => octokit.repos.get(place)))) {
    await octokit.repos.createInOrg({
      org: target.owner,
      name,
      description,
      visibility: 'private',
    });
  }
  await octokit.repos.replaceAllTopics({ ...place, names: topics });
  const isPushed = await exists(() =>
    octokit.repos.getBranch({ ...place, branch: defaultBranch }),
  );
  if (!isPushed) await pushHistory(repository, target);
}

async function exists(request: () => Promise<unknown>): Promise<boolean> {
  try {
    await request();
    return true;
  } catch (error) {
    if ((error as { status?: number }).status === 404) return false;
    throw error;
  }
}

async function pushHistory(repository: SampleRepository, target: SeedTarget) {
  const folder = mkdtempSync(join(tmpdir(), 'waymark-seed-'));
  try {
    await run('git', ['init', '--quiet', '--bare', folder]);
    await fastImport(folder, toFastImport(repository));
    const { host, protocol } = new URL(target.url);
    // The token goes by environment: arguments can be read by other users.
    await run(
      'git',
      [
        '-C',
        folder,
        'push',
        '--quiet',
        `${protocol}//${host}/${target.owner}/${repository.name}.git`,
        repository.defaultBranch,
      ],
      {
        env: {
          ...process.env,
          GIT_TERMINAL_PROMPT: '0',
          GIT_CONFIG_COUNT: '1',
          GIT_CONFIG_KEY_0: 'http.extraHeader',
          GIT_CONFIG_VALUE_0: `Authorization: Basic ${Buffer.from(
            `x-access-token:${target.token}`,
          ).toString('base64')}`,
        },
      },
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function fastImport(folder: string, stream: Buffer): Promise<void> {
  return new Promise((resolve, reject) => {
    const git = spawn('git', ['-C', folder, 'fast-import', '--quiet'], {
      stdio: ['pipe', 'ignore', 'pipe'],
    });
    let errors = '';
    git.stderr.on('data', chunk => (errors += chunk));
    git.once('error', reject);
    git.once('close', code =>
      code === 0
        ? resolve()
        : reject(new Error(`git fast-import failed: ${errors.trim()}`)),
    );
    git.stdin.end(stream);
  });
}
