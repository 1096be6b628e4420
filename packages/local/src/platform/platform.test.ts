import { execFile } from 'node:child_process';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { Forge, startForge } from '@waymark/forge';
import { forgeClient } from '../forge/client';
import { exportPlatform } from './export';
import { readPlatform } from './files';
import { syncPlatform } from './sync';
import { treeHash } from './tree';

jest.setTimeout(60_000);

/** Not the synchronous one: the forge runs in this very process. */
const git = async (...args: string[]) =>
  (await promisify(execFile)('git', args)).stdout.trim();

const identity = [
  '-c',
  'user.name=Ana',
  '-c',
  'user.email=ana@tidewater.example',
];
const token = 'a-token-for-this-test';
const repository = { owner: 'tidewater', repo: 'platform' };

let folder: string;
let checkout: string;

const write = (path: string, text: string | Buffer) => {
  const file = join(checkout, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
};

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'waymark-platform-test-'));
  checkout = join(folder, 'checkout');
  write('templates/all.yaml', 'targets: []\n');
  // What a skeleton says of its own files holds for the repository made.
  write(
    'templates/api/skeleton/.gitattributes',
    '* text=auto\n*.txt export-ignore\n',
  );
  write('templates/api/skeleton/windows.txt', 'one\r\ntwo\r\n');
  write('templates/api/skeleton/gradlew', '#!/bin/sh\n');
  chmodSync(join(checkout, 'templates/api/skeleton/gradlew'), 0o755);
  write('templates/api-docs/é.md', Buffer.from([0xff, 0x00, 0x0a]));
  write('platform/workflows/code.yml', 'on: workflow_call\n');
  write('docs/index.md', '# Platform\n');
  write('mkdocs.yml', 'site_name: Platform\n');
  write('.gitignore', 'node_modules/\n');
  write('templates/node_modules/left.js', 'no\n');
  write('packages/app.ts', 'no\n');
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

const PATHS = [
  '.github/workflows/code.yml',
  'docs/index.md',
  'mkdocs.yml',
  'platform/workflows/code.yml',
  'templates/all.yaml',
  'templates/api-docs/é.md',
  'templates/api/skeleton/.gitattributes',
  'templates/api/skeleton/gradlew',
  'templates/api/skeleton/windows.txt',
];

describe('what the repository holds', () => {
  it('is read from a Git checkout and from an unpacked archive alike', async () => {
    const unpacked = await readPlatform(checkout);
    expect(unpacked.map(({ path }) => path).sort()).toEqual(PATHS);

    await git('init', '--quiet', checkout);
    await git('-C', checkout, 'add', 'docs', 'mkdocs.yml');
    await git('-C', checkout, ...identity, 'commit', '-qm', 'Start');
    write('docs/index.md', '# The platform\n');
    rmSync(join(checkout, 'mkdocs.yml'));
    const edited = await readPlatform(checkout);
    expect(edited.map(({ path }) => path)).not.toContain('mkdocs.yml');
    expect(
      edited.find(({ path }) => path === 'docs/index.md')?.content.toString(),
    ).toBe('# The platform\n');
  });

  it('has every page of docs/ in the table of contents', async () => {
    const root = join(__dirname, '../../../..');
    const nav = readFileSync(join(root, 'mkdocs.yml'), 'utf8');
    const pages = (await readPlatform(root))
      .map(({ path }) => path)
      .filter(path => /^docs\/.*\.md$/.test(path))
      .map(path => path.replace('docs/', ''));
    expect(pages.filter(page => !nav.includes(`: ${page}\n`))).toEqual([]);
  });

  it('is written to a folder, again without a change', async () => {
    const files = await readPlatform(checkout);
    const target = join(folder, 'export');
    mkdirSync(join(target, 'templates/own'), { recursive: true });
    writeFileSync(join(target, 'templates/own/template.yaml'), 'mine\n');
    writeFileSync(join(target, 'LICENSE'), 'mine\n');
    const others = ['templates/own/template.yaml'];

    expect(exportPlatform(files, target)).toEqual({
      written: PATHS.length,
      unchanged: 0,
      others,
    });
    expect(exportPlatform(files, target)).toEqual({
      written: 0,
      unchanged: PATHS.length,
      others,
    });
    expect(
      readFileSync(join(target, 'templates/api/skeleton/windows.txt'), 'utf8'),
    ).toBe('one\r\ntwo\r\n');
  });
});

describe('the repository on the forge', () => {
  let forge: Forge;

  beforeEach(async () => {
    forge = await startForge({
      dataDir: join(folder, 'forge'),
      port: 0,
      organisations: [{ login: 'tidewater' }],
      accounts: [{ login: 'waymark', token }],
      anonymousRead: true,
    });
  });
  afterEach(() => forge.stop());

  const octokit = () => forgeClient(forge.url, token);
  const sync = async () =>
    syncPlatform(
      await readPlatform(checkout),
      { url: forge.url, owner: 'tidewater', token },
      { name: 'Waymark', email: 'waymark@tidewater.example' },
    );
  const main = async () => {
    const { data } = await octokit().repos.listCommits({
      ...repository,
      sha: 'main',
    });
    return data;
  };
  const textOf = async (path: string, ref = 'main') => {
    const { data } = await octokit().repos.getContent({
      ...repository,
      path,
      ref,
      mediaType: { format: 'raw' },
    });
    return String(data);
  };
  const commitAs = (path: string, text: string, branch = 'main') =>
    octokit().repos.createOrUpdateFileContents({
      ...repository,
      path,
      branch,
      message: `Add ${path}`,
      content: Buffer.from(text).toString('base64'),
    });
  const pulls = async () =>
    (await octokit().pulls.list({ ...repository, state: 'all' })).data;

  it('holds the checkout, byte for byte, and changes only with it', async () => {
    await expect(sync()).resolves.toEqual({ moved: true });
    const [first] = await main();
    expect(first.commit.tree.sha).toBe(treeHash(await readPlatform(checkout)));
    const clone = join(folder, 'clone');
    await git('clone', '--quiet', `${forge.url}/tidewater/platform.git`, clone);
    expect(
      (await git('-C', clone, '-c', 'core.quotePath=off', 'ls-files')).split(
        '\n',
      ),
    ).toEqual(PATHS);
    expect(await git('-C', clone, 'ls-files', '-s', 'templates/api')).toMatch(
      /^100755 .*gradlew$/m,
    );

    await expect(sync()).resolves.toEqual({ moved: false });
    expect(await main()).toHaveLength(1);

    write('docs/index.md', '# Changed\n');
    rmSync(join(checkout, 'mkdocs.yml'));
    await expect(sync()).resolves.toEqual({ moved: true });
    expect(await main()).toHaveLength(2);
    await expect(textOf('mkdocs.yml')).rejects.toThrow(/Not Found/);
    expect(await pulls()).toEqual([]);
  });

  it('keeps what others commit, and proposes what the checkout changes', async () => {
    await sync();
    await commitAs('docs/own.md', '# Own\n');

    // The checkout did not change: nothing to propose, nothing taken back.
    await expect(sync()).resolves.toEqual({ moved: false });
    expect(await pulls()).toEqual([]);

    write('docs/index.md', '# Changed\n');
    const { pullRequestUrl } = await sync();
    expect(pullRequestUrl).toBe(`${forge.url}/tidewater/platform/pull/1`);
    await expect(sync()).resolves.toEqual({ moved: false, pullRequestUrl });

    write('docs/index.md', '# Changed twice\n');
    await expect(sync()).resolves.toEqual({ moved: false, pullRequestUrl });
    expect(await pulls()).toHaveLength(1);
    expect(await textOf('docs/index.md')).toBe('# Platform\n');

    await octokit().pulls.merge({ ...repository, pull_number: 1 });
    expect(await textOf('docs/index.md')).toBe('# Changed twice\n');
    expect(await textOf('docs/own.md')).toBe('# Own\n');
    await expect(sync()).resolves.toEqual({ moved: false });

    // The same on both sides again: a change is a commit again.
    write('docs/own.md', '# Own\n');
    await expect(sync()).resolves.toEqual({ moved: false });
    write('docs/index.md', '# Changed again\n');
    await expect(sync()).resolves.toEqual({ moved: true });
    expect(await pulls()).toHaveLength(1);
  });

  it('goes on after a squash, and does not propose again what was declined', async () => {
    await sync();
    await commitAs('docs/own.md', '# Own\n');
    write('docs/index.md', '# Changed\n');
    await sync();
    await octokit().pulls.merge({
      ...repository,
      pull_number: 1,
      merge_method: 'squash',
    });
    await expect(sync()).resolves.toEqual({ moved: false });

    write('mkdocs.yml', 'site_name: The platform\n');
    const { pullRequestUrl } = await sync();
    expect(pullRequestUrl).toMatch(/\/pull\/2$/);
    await octokit().pulls.update({
      ...repository,
      pull_number: 2,
      state: 'closed',
    });
    await expect(sync()).resolves.toEqual({ moved: false });
    expect(await textOf('docs/own.md')).toBe('# Own\n');
  });

  it('loses no commit that somebody added to the proposal', async () => {
    await sync();
    await commitAs('docs/own.md', '# Own\n');
    write('docs/index.md', '# Changed\n');
    await sync();
    await commitAs('docs/more.md', '# More\n', 'waymark/checkout');

    write('docs/index.md', '# Changed twice\n');
    const { pullRequestUrl } = await sync();
    expect(pullRequestUrl).toMatch(/\/pull\/2$/);
    expect(await textOf('docs/more.md', 'waymark/checkout')).toBe('# More\n');
  });

  it('asks for a review where main is protected', async () => {
    await sync();
    await octokit().repos.updateBranchProtection({
      ...repository,
      branch: 'main',
      required_status_checks: null,
      enforce_admins: true,
      required_pull_request_reviews: { required_approving_review_count: 1 },
      restrictions: null,
    });
    write('docs/index.md', '# Changed\n');
    await expect(sync()).resolves.toEqual({
      moved: false,
      pullRequestUrl: expect.stringMatching(/\/pull\/1$/),
    });
  });

  it('proposes what a killed sync had only pushed', async () => {
    await sync();
    const clone = join(folder, 'clone');
    const remote = new URL(`${forge.url}/tidewater/platform.git`);
    remote.username = 'x-access-token';
    remote.password = token;
    await git('clone', '--quiet', String(remote), clone);
    await commitAs('docs/more.md', '# More\n');
    write('docs/index.md', '# Changed\n');
    exportPlatform(await readPlatform(checkout), clone);
    await git('-C', clone, ...identity, 'commit', '-qam', 'Sync');
    await git(
      ...['-C', clone, 'push', '--quiet', '--force', 'origin'],
      ...['HEAD:waymark/checkout', 'HEAD:refs/tags/waymark-checkout'],
    );
    expect(await pulls()).toEqual([]);

    await expect(sync()).resolves.toEqual({
      moved: false,
      pullRequestUrl: expect.stringMatching(/\/pull\/1$/),
    });
  });
});
