import { ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { randomBytes } from 'node:crypto';
import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PushEvent } from '@octokit/webhooks-types';
import { ForgeOptions, ForgeStartError, startForge } from './index';
import { Receiver } from './__testUtils__/receiver';
import { TestForge, TOKENS } from './__testUtils__/forge';

jest.setTimeout(60_000);

const target = (repo: string) => ({ owner: 'tidewater', repo });

describe('what the forge keeps', () => {
  let forge: TestForge;

  beforeEach(async () => {
    forge = await TestForge.start();
  });
  afterEach(() => forge.remove());

  it('is all there after a restart', async () => {
    const { sha } = await forge.seed('kept', {
      'a.txt': 'a\n',
      '.github/workflows/ci.yml': 'on: push\n',
    });
    const octokit = forge.octokit();
    await octokit.rest.repos.replaceAllTopics({
      ...target('kept'),
      names: ['node'],
    });
    await octokit.rest.repos.createOrUpdateEnvironment({
      ...target('kept'),
      environment_name: 'prod/eu west',
    });
    await octokit.rest.repos.updateBranchProtection({
      ...target('kept'),
      branch: 'main',
      required_status_checks: null,
      enforce_admins: true,
      required_pull_request_reviews: {},
      restrictions: null,
    });
    const { data: issue } = await octokit.rest.issues.create({
      ...target('kept'),
      title: 'An issue',
    });
    const { data: before } = await octokit.rest.repos.get(target('kept'));
    await forge.restart();
    const { data: after } = await octokit.rest.repos.get(target('kept'));
    expect(after).toEqual(before);
    const { data: branch } = await octokit.rest.repos.getBranch({
      ...target('kept'),
      branch: 'main',
    });
    expect(branch).toMatchObject({ protected: true, commit: { sha } });
    const { data: environments } = await octokit.rest.repos.getAllEnvironments(
      target('kept'),
    );
    expect(environments.environments?.[0].name).toBe('prod/eu west');
    const { data: runs } = await octokit.rest.actions.listWorkflowRunsForRepo(
      target('kept'),
    );
    expect(runs.total_count).toBe(1);
    const { data: next } = await octokit.rest.issues.create({
      ...target('kept'),
      title: 'Another',
    });
    expect(next.number).toBe(issue.number + 1);
    expect(next.id).toBeGreaterThan(issue.id);
    await expect(forge.seed('kept', {})).rejects.toThrow(/already exists/);
  });

  it('tells of a push that a kill kept it from telling', async () => {
    const receiver = await Receiver.start();
    const { dir, sha } = await forge.seed('untold', { 'a.txt': 'a\n' });
    await forge.octokit().rest.repos.createWebhook({
      ...target('untold'),
      config: { url: receiver.url, content_type: 'json' },
      events: ['push'],
    });
    const { data } = await forge.octokit().rest.repos.get(target('untold'));
    await forge.stop();
    // What a kill between moving the ref and telling of it leaves behind.
    const next = await forge.commit(dir, { 'b.txt': 'b\n' }, 'Untold');
    const bare = join(forge.dataDir, 'git', `${data.id}.git`);
    await forge.git(dir, 'push', '-q', bare, 'main');
    await forge.start();
    await receiver.until(() => receiver.events('push').length === 1);
    expect(receiver.events<PushEvent>('push')[0]).toMatchObject({
      before: sha,
      after: next,
      commits: [{ message: 'Untold', added: ['b.txt'] }],
    });
    await receiver.close();
  });

  it('leaves a record aside that cannot be read, and its data alone', async () => {
    await forge.seed('fine', { 'a.txt': 'a\n' });
    await forge.seed('torn', { 'a.txt': 'a\n' });
    const { data } = await forge.octokit().rest.repos.get(target('torn'));
    await forge.stop();
    const file = join(forge.dataDir, 'repositories', `${data.id}.json`);
    await writeFile(file, '{"id":');
    await forge.start();
    expect(forge.log.join('\n')).toMatch(/unreadable/);
    await forge.octokit().rest.repos.get(target('fine'));
    await expect(
      forge.octokit().rest.repos.get(target('torn')),
    ).rejects.toMatchObject({ status: 404 });
    expect(await readdir(join(forge.dataDir, 'git'))).toContain(
      `${data.id}.git`,
    );
  });

  it('takes two pushes to one repository at once', async () => {
    const { dir } = await forge.seed('busy', { 'a.txt': 'a\n' });
    const clones = await Promise.all(
      ['one', 'two', 'three', 'four'].map(async name => {
        const clone = await forge.folder();
        await forge.git(clone, 'clone', '-q', dir, '.');
        await forge.git(clone, 'checkout', '-qb', name);
        const sha = await forge.commit(clone, { [`${name}.txt`]: name }, name);
        return { clone, name, sha };
      }),
    );
    const url = forge.remote('tidewater', 'busy', TOKENS.maya);
    await Promise.all(
      clones.map(({ clone, name }) =>
        forge.git(clone, 'push', '-q', url, name),
      ),
    );
    const refs = await forge.git(dir, 'ls-remote', '--heads', 'origin');
    for (const { name, sha } of clones) {
      expect(refs).toContain(`${sha}\trefs/heads/${name}`);
    }
    // To one branch only one of them can be first.
    const results = await Promise.allSettled(
      clones.map(({ clone, name }) =>
        forge.git(clone, 'push', '-q', url, `${name}:main`),
      ),
    );
    expect(results.filter(one => one.status === 'fulfilled')).toHaveLength(1);
  });
});

describe('a forge that is killed', () => {
  let forge: TestForge;
  let child: ChildProcess;

  const spawnForge = async (options: Partial<ForgeOptions>) => {
    child = spawn(
      process.execPath,
      [
        '--require',
        require.resolve('@backstage/cli/config/nodeTransform.cjs'),
        join(__dirname, '__testUtils__/child.ts'),
        JSON.stringify({
          dataDir: forge.dataDir,
          port: 0,
          organisations: [{ login: 'tidewater' }],
          accounts: [{ login: 'waymark-portal', token: TOKENS.portal }],
          ...options,
        }),
      ],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    const [line] = await once(child.stdout!, 'data');
    return Number(String(line));
  };

  beforeEach(async () => {
    forge = await TestForge.start();
  });
  afterEach(async () => {
    child.kill('SIGKILL');
    await forge.remove();
  });

  it('in the middle of a push loses nothing and takes the push again', async () => {
    const { dir } = await forge.seed('struck', { 'a.txt': 'a\n' });
    await forge.stop();
    const port = await spawnForge({});
    const url = `http://x-access-token:${TOKENS.portal}@localhost:${port}/tidewater/struck.git`;
    const noise = randomBytes(20_000_000).toString('base64');
    const sha = await forge.commit(dir, { 'big.txt': noise }, 'Big');
    const api = `http://localhost:${port}/api/v3/orgs/tidewater/repos`;
    const created = fetch(api, {
      method: 'POST',
      headers: { authorization: `Bearer ${TOKENS.portal}` },
      body: JSON.stringify({ name: 'half-made' }),
    }).catch(() => undefined);
    const push = forge.git(dir, 'push', url, 'main').then(
      () => 'done',
      () => 'failed',
    );
    // Killed once the pack is on its way.
    const incoming = async () => {
      const names = await readdir(join(forge.dataDir, 'git'), {
        recursive: true,
      });
      return names.some(name => /objects\/tmp_objdir-incoming/.test(name));
    };
    while (!(await incoming())) {
      expect(child.exitCode).toBeNull();
    }
    child.kill('SIGKILL');
    expect(await push).toBe('failed');
    await created;

    await forge.start();
    await forge.git(
      dir,
      'push',
      '-q',
      forge.remote('tidewater', 'struck', TOKENS.maya),
      'main',
    );
    const clone = await forge.folder();
    await forge.git(
      clone,
      'clone',
      '-q',
      forge.remote('tidewater', 'struck'),
      '.',
    );
    expect(await forge.git(clone, 'rev-parse', 'HEAD')).toBe(sha);
    await forge.git(clone, 'fsck', '--strict');
    expect(forge.log.filter(line => line.startsWith('error'))).toEqual([]);
  });
});

describe('starting', () => {
  it('names the port that is in use', async () => {
    const forge = await TestForge.start();
    const { port } = new URL(forge.url);
    const second = startForge({
      dataDir: join(forge.dir, 'second'),
      port: Number(port),
      organisations: [],
      accounts: [],
    });
    await expect(second).rejects.toBeInstanceOf(ForgeStartError);
    await expect(second).rejects.toMatchObject({
      code: 'EADDRINUSE',
      message: expect.stringContaining(port),
    });
    await forge.remove();
  });

  it('answers on both loopback addresses, and stops twice', async () => {
    const forge = await TestForge.start();
    const { port } = new URL(forge.url);
    for (const host of ['127.0.0.1', '[::1]', 'localhost']) {
      const response = await fetch(`http://${host}:${port}/api/v3/zen`);
      expect(response.status).toBe(200);
    }
    await forge.stop();
    await forge.remove();
    await expect(fetch(forge.lastUrl)).rejects.toThrow();
  });

  it('listens on loopback only and names a wrong option, not its value', async () => {
    const base = { dataDir: 'unused', port: 0, organisations: [] };
    await expect(
      startForge({ ...base, accounts: [], host: '0.0.0.0' }),
    ).rejects.toThrow(/host: must be a loopback address/);
    const short = startForge({
      ...base,
      accounts: [{ login: 'maya', token: 'hunter2' }],
    });
    await expect(short).rejects.toThrow(/accounts\.0\.token/);
    await expect(short).rejects.not.toThrow(/hunter2/);
  });
});
