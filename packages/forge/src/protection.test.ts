import { randomBytes } from 'node:crypto';
import { TestForge, TOKENS } from './__testUtils__/forge';

jest.setTimeout(60_000);

describe('git over HTTP', () => {
  let forge: TestForge;
  const target = (repo: string) => ({ owner: 'tidewater', repo });

  beforeAll(async () => {
    forge = await TestForge.start();
  });
  afterAll(() => forge.remove());

  const protect = (
    repo: string,
    rules: Partial<
      Parameters<
        ReturnType<
          TestForge['octokit']
        >['rest']['repos']['updateBranchProtection']
      >[0]
    >,
  ) =>
    forge.octokit().rest.repos.updateBranchProtection({
      ...target(repo),
      branch: 'main',
      required_status_checks: null,
      enforce_admins: true,
      required_pull_request_reviews: null,
      restrictions: null,
      ...rules,
    });

  it('tells how a branch is protected, and that no ruleset does', async () => {
    await forge.seed('told', { 'a.txt': 'a\n' });
    const { repos } = forge.octokit().rest;
    const asked = { ...target('told'), branch: 'main' };
    await expect(repos.getBranchProtection(asked)).rejects.toThrow(
      /Branch not protected/,
    );
    await protect('told', {
      required_status_checks: { strict: true, contexts: ['ci'] },
    });
    const { data } = await repos.getBranchProtection(asked);
    expect(data.required_status_checks?.contexts).toEqual(['ci']);
    expect(data.allow_force_pushes?.enabled).toBe(false);
    expect((await repos.getBranchRules(asked)).data).toEqual([]);
  });

  it('refuses force pushes and deletions of a protected branch', async () => {
    const { dir } = await forge.seed('no-force', { 'a.txt': 'a\n' });
    await protect('no-force', {});
    await forge.commit(dir, { 'b.txt': 'b\n' }, 'Fast forward');
    await forge.git(dir, 'push', '-q', 'origin', 'main');
    await forge.git(dir, 'reset', '-q', '--hard', 'HEAD~1');
    await forge.commit(dir, { 'c.txt': 'c\n' }, 'Elsewhere');
    await expect(
      forge.git(dir, 'push', '-f', 'origin', 'main'),
    ).rejects.toThrow(/GH006.*\n.*Cannot force-push to this branch/);
    await forge.git(dir, 'push', '-q', 'origin', 'main:other');
    await forge
      .octokit()
      .rest.repos.update({ ...target('no-force'), default_branch: 'other' });
    await expect(forge.git(dir, 'push', 'origin', ':main')).rejects.toThrow(
      /Cannot delete this protected branch/,
    );
    await expect(
      forge.octokit().rest.git.deleteRef({
        ...target('no-force'),
        ref: 'heads/main',
      }),
    ).rejects.toThrow(/Cannot delete this protected branch/);
    // A branch without rules takes both; the default one cannot go.
    await forge.git(dir, 'push', '-qf', 'origin', 'HEAD~1:other');
    await expect(forge.git(dir, 'push', 'origin', ':other')).rejects.toThrow(
      /deletion of the current branch|refusing to delete/,
    );
  });

  it('lets admins past a required review only when they are let off', async () => {
    const { dir } = await forge.seed('reviewed', { 'a.txt': 'a\n' });
    await forge.octokit().rest.repos.addCollaborator({
      ...target('reviewed'),
      username: 'guest-member',
      permission: 'push',
    });
    await protect('reviewed', {
      enforce_admins: false,
      required_pull_request_reviews: { required_approving_review_count: 1 },
    });
    await forge.commit(dir, { 'b.txt': 'b\n' }, 'By an admin');
    await forge.git(dir, 'push', '-q', 'origin', 'main');
    await forge.commit(dir, { 'c.txt': 'c\n' }, 'By a member');
    const guest = forge.remote('tidewater', 'reviewed', TOKENS.guest);
    await expect(forge.git(dir, 'push', guest, 'main')).rejects.toThrow(
      /Changes must be made through a pull request/,
    );
    await forge.git(dir, 'push', '-q', guest, 'main:topic');
    const write = () =>
      forge.octokit(TOKENS.guest).rest.repos.createOrUpdateFileContents({
        ...target('reviewed'),
        path: 'd.txt',
        message: 'By the API',
        content: Buffer.from('d\n').toString('base64'),
      });
    await expect(write()).rejects.toMatchObject({ status: 422 });
    await forge.octokit().rest.repos.setAdminBranchProtection({
      ...target('reviewed'),
      branch: 'main',
    });
    await expect(forge.git(dir, 'push', 'origin', 'main')).rejects.toThrow(
      /Changes must be made through a pull request/,
    );
    await forge.octokit().rest.repos.deleteBranchProtection({
      ...target('reviewed'),
      branch: 'main',
    });
    await forge.git(dir, 'push', '-q', 'origin', 'main');
  });

  it('keeps to restrictions, checks and a linear history', async () => {
    const { dir, sha } = await forge.seed('strict', { 'a.txt': 'a\n' });
    await protect('strict', {
      restrictions: { users: ['waymark-portal'], teams: [] },
    });
    const next = await forge.commit(dir, { 'b.txt': 'b\n' }, 'Next');
    await expect(forge.git(dir, 'push', 'origin', 'main')).rejects.toThrow(
      /not authorized to push/,
    );
    await protect('strict', {
      required_status_checks: { strict: false, contexts: ['ci'] },
    });
    await expect(forge.git(dir, 'push', 'origin', 'main')).rejects.toThrow(
      /Required status checks are expected/,
    );
    await forge.git(dir, 'push', '-q', 'origin', 'main:topic');
    await forge.octokit().rest.repos.createCommitStatus({
      ...target('strict'),
      sha: next,
      state: 'success',
      context: 'ci',
    });
    await forge.git(dir, 'push', '-q', 'origin', 'main');
    await protect('strict', { required_linear_history: true });
    await forge.git(dir, 'checkout', '-qb', 'side', sha);
    await forge.commit(dir, { 'c.txt': 'c\n' }, 'Side');
    await forge.git(dir, 'checkout', '-q', 'main');
    await forge.git(dir, 'merge', '-q', '--no-ff', '-m', 'Merge', 'side');
    await expect(forge.git(dir, 'push', 'origin', 'main')).rejects.toThrow(
      /must not contain merge commits/,
    );
  });

  it('asks for credentials to push and takes only right ones', async () => {
    const { dir } = await forge.seed('asked', { 'a.txt': 'a\n' });
    await forge.commit(dir, { 'b.txt': 'b\n' }, 'Next');
    const info = `${forge.url}/tidewater/asked.git/info/refs?service=git-receive-pack`;
    const anonymous = await fetch(info);
    expect(anonymous.status).toBe(401);
    expect(anonymous.headers.get('www-authenticate')).toMatch(/^Basic /);
    await expect(
      forge.git(dir, 'push', forge.remote('tidewater', 'asked'), 'main'),
    ).rejects.toThrow();
    await expect(
      forge.git(
        dir,
        'push',
        forge.remote('tidewater', 'asked', 'not-a-token'),
        'main',
      ),
    ).rejects.toThrow(/Authentication failed|401/);
    // Reading with a wrong token is refused too, though nobody needs one.
    for (const path of [
      '/tidewater/asked.git/info/refs?service=git-upload-pack',
      '/api/v3/repos/tidewater/asked',
      '/tidewater/asked',
    ]) {
      const wrong = await fetch(`${forge.url}${path}`, {
        headers: { authorization: 'token not-a-token' },
      });
      expect(wrong.status).toBe(401);
    }
    await expect(
      forge.git(
        dir,
        'push',
        forge.remote('tidewater', 'asked', TOKENS.guest),
        'main',
      ),
    ).rejects.toThrow(/403/);
    expect(forge.log.join('\n')).not.toContain(TOKENS.guest);
    expect(forge.log.join('\n')).not.toContain('not-a-token');
  });

  it('takes large packs, tags, and serves shallow clones by protocol 2', async () => {
    const noise = randomBytes(6_000_000).toString('base64');
    const { dir } = await forge.seed('large', { 'noise.txt': noise });
    for (let number = 1; number <= 40; number += 1) {
      await forge.commit(dir, { 'n.txt': `${number}\n` }, `Commit ${number}`);
    }
    await forge.git(dir, 'tag', '-a', 'v1', '-m', 'One');
    await forge.git(dir, 'push', '-q', 'origin', 'main', 'v1');
    const clone = await forge.folder();
    const trace = await forge.git(
      clone,
      '-c',
      'protocol.version=2',
      'clone',
      '--depth=1',
      forge.remote('tidewater', 'large'),
      '.',
    );
    expect(trace).toBe('');
    expect(await forge.git(clone, 'rev-list', '--count', 'HEAD')).toBe('1');
    // A long negotiation is sent gzipped.
    await forge.git(clone, 'fetch', '-q', '--unshallow');
    expect(await forge.git(clone, 'rev-list', '--count', 'HEAD')).toBe('41');
    const { data: tags } = await forge
      .octokit()
      .rest.repos.listTags(target('large'));
    expect(tags[0]).toMatchObject({
      name: 'v1',
      commit: { sha: await forge.git(dir, 'rev-parse', 'HEAD') },
    });
  });

  it('runs no hook and no setting that a repository brings', async () => {
    const { dir } = await forge.seed('hooked', {
      'hooks/post-receive': '#!/bin/sh\nexit 1\n',
      '.gitattributes': '*.txt filter=evil diff=evil\n',
      'a.txt': 'a\n',
    });
    await expect(
      forge.git(dir, 'push', 'origin', 'main:refs/pull/1/head'),
    ).rejects.toThrow();
    await expect(
      forge.git(dir, 'push', 'origin', 'main:refs/replace/x'),
    ).rejects.toThrow(/only branches and tags/);
  });
});
