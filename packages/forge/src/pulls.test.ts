import { TestForge, TOKENS } from './__testUtils__/forge';

jest.setTimeout(60_000);

describe('pull requests', () => {
  let forge: TestForge;
  const target = (repo: string) => ({ owner: 'tidewater', repo });

  beforeAll(async () => {
    forge = await TestForge.start();
  });
  afterAll(() => forge.remove());

  /** A repository whose branch `topic` has two commits more than `main`. */
  const withTopic = async (repo: string) => {
    const { dir, sha } = await forge.seed(repo, {
      'a.txt': 'one\ntwo\nthree\n',
      'old.txt': 'moves\nunchanged\nlines\n',
    });
    await forge.git(dir, 'checkout', '-qb', 'topic');
    await forge.commit(dir, { 'a.txt': 'one\n2\nthree\n' }, 'Change a');
    await forge.git(dir, 'mv', 'old.txt', 'new.txt');
    const head = await forge.commit(dir, { 'b.txt': 'b\n' }, 'Add b, move old');
    await forge.git(dir, 'push', '-q', 'origin', 'topic');
    const { data } = await forge.octokit().rest.pulls.create({
      ...target(repo),
      title: 'A topic',
      body: 'Words about it',
      head: 'tidewater:topic',
      base: 'main',
    });
    return { dir, base: sha, head, number: data.number };
  };
  const parents = async (repo: string, ref: string) =>
    (
      await forge.octokit().rest.repos.getCommit({ ...target(repo), ref })
    ).data.parents.map(parent => parent.sha);

  it('shows commits and files, and merges with a merge commit', async () => {
    const { base, head, number } = await withTopic('merged');
    const octokit = forge.octokit();
    const pull = { ...target('merged'), pull_number: number };
    const { data: before } = await octokit.rest.pulls.get(pull);
    expect(before).toMatchObject({
      mergeable: true,
      mergeable_state: 'clean',
      commits: 2,
      changed_files: 3,
      additions: 2,
      deletions: 1,
    });
    const commits = await octokit.rest.pulls.listCommits(pull);
    expect(commits.data.map(one => one.commit.message)).toEqual([
      'Change a',
      'Add b, move old',
    ]);
    const files = await octokit.rest.pulls.listFiles(pull);
    expect(files.data).toEqual([
      expect.objectContaining({
        filename: 'a.txt',
        status: 'modified',
        patch: '@@ -1,3 +1,3 @@\n one\n-two\n+2\n three',
      }),
      expect.objectContaining({ filename: 'b.txt', status: 'added' }),
      expect.objectContaining({
        filename: 'new.txt',
        previous_filename: 'old.txt',
        status: 'renamed',
      }),
    ]);
    await expect(
      octokit.rest.pulls.merge({ ...pull, sha: base }),
    ).rejects.toMatchObject({ status: 409 });
    const { data } = await octokit.rest.pulls.merge({ ...pull, sha: head });
    expect(await parents('merged', 'main')).toEqual([base, head]);
    const { data: after } = await octokit.rest.pulls.get(pull);
    expect(after).toMatchObject({
      merged: true,
      state: 'closed',
      merge_commit_sha: data.sha,
      commits: 2,
      changed_files: 3,
    });
    await expect(octokit.rest.pulls.merge(pull)).rejects.toMatchObject({
      status: 405,
    });
  });

  it('squashes and rebases', async () => {
    const octokit = forge.octokit();
    const squashed = await withTopic('squashed');
    await octokit.rest.pulls.merge({
      ...target('squashed'),
      pull_number: squashed.number,
      merge_method: 'squash',
    });
    expect(await parents('squashed', 'main')).toEqual([squashed.base]);
    const { data: one } = await octokit.rest.repos.getCommit({
      ...target('squashed'),
      ref: 'main',
    });
    expect(one.commit.message).toBe(
      'A topic (#1)\n\n* Change a\n\n* Add b, move old',
    );

    const rebased = await withTopic('rebased');
    await forge.git(rebased.dir, 'checkout', '-q', 'main');
    const moved = await forge.commit(
      rebased.dir,
      { 'd.txt': 'd\n' },
      'Meanwhile',
    );
    await forge.git(rebased.dir, 'push', '-q', 'origin', 'main');
    await octokit.rest.pulls.merge({
      ...target('rebased'),
      pull_number: rebased.number,
      merge_method: 'rebase',
    });
    const { data: commits } = await octokit.rest.repos.listCommits(
      target('rebased'),
    );
    expect(commits.map(commit => commit.commit.message)).toEqual([
      'Add b, move old',
      'Change a',
      'Meanwhile',
      'Initial commit',
    ]);
    expect(commits[2].sha).toBe(moved);
    const { data: pull } = await octokit.rest.pulls.get({
      ...target('rebased'),
      pull_number: rebased.number,
    });
    expect(pull.merged).toBe(true);
  });

  it('refuses to merge a conflict', async () => {
    const { dir, number } = await withTopic('conflict');
    await forge.git(dir, 'checkout', '-q', 'main');
    await forge.commit(dir, { 'a.txt': 'one\nzwei\nthree\n' }, 'Otherwise');
    await forge.git(dir, 'push', '-q', 'origin', 'main');
    const octokit = forge.octokit();
    const pull = { ...target('conflict'), pull_number: number };
    const { data } = await octokit.rest.pulls.get(pull);
    expect(data).toMatchObject({ mergeable: false, mergeable_state: 'dirty' });
    for (const merge_method of ['merge', 'squash', 'rebase'] as const) {
      await expect(
        octokit.rest.pulls.merge({ ...pull, merge_method }),
      ).rejects.toMatchObject({ status: 405 });
    }
  });

  it('wants the reviews and checks that protection asks for', async () => {
    const { head, number } = await withTopic('guarded');
    const octokit = forge.octokit();
    const maya = forge.octokit(TOKENS.maya);
    const pull = { ...target('guarded'), pull_number: number };
    await octokit.rest.repos.updateBranchProtection({
      ...target('guarded'),
      branch: 'main',
      required_status_checks: { strict: true, contexts: ['test'] },
      enforce_admins: true,
      required_pull_request_reviews: { required_approving_review_count: 1 },
      restrictions: null,
    });
    await expect(octokit.rest.pulls.merge(pull)).rejects.toThrow(
      /At least 1 approving review is required/,
    );
    await expect(
      octokit.rest.pulls.createReview({ ...pull, event: 'APPROVE' }),
    ).rejects.toThrow(/Can not approve your own pull request/);
    await forge
      .octokit(TOKENS.guest)
      .rest.pulls.createReview({ ...pull, event: 'APPROVE' });
    await expect(octokit.rest.pulls.merge(pull)).rejects.toThrow(
      /At least 1 approving review is required/,
    );
    await maya.rest.pulls.createReview({ ...pull, event: 'APPROVE' });
    await expect(octokit.rest.pulls.merge(pull)).rejects.toThrow(
      /Required status check "test" is expected/,
    );
    await octokit.rest.repos.createCommitStatus({
      ...target('guarded'),
      sha: head,
      state: 'success',
      context: 'test',
    });
    const { data } = await octokit.rest.pulls.merge(pull);
    expect(data.merged).toBe(true);
  });

  it('labels, comments, assigns, closes and reopens', async () => {
    const { number, dir } = await withTopic('talked');
    const octokit = forge.octokit();
    const issue = { ...target('talked'), issue_number: number };
    await octokit.rest.issues.addLabels({ ...issue, labels: ['bug', 'Bug'] });
    await octokit.rest.issues.createComment({ ...issue, body: 'Well done' });
    await octokit.rest.issues.addAssignees({
      ...issue,
      assignees: ['maya-okafor', 'nobody'],
    });
    const pull = { ...target('talked'), pull_number: number };
    await octokit.rest.pulls.requestReviewers({
      ...pull,
      reviewers: ['maya-okafor'],
      team_reviewers: ['checkout'],
    });
    await octokit.rest.pulls.update({ ...pull, title: 'Another title' });
    await octokit.rest.pulls.update({ ...pull, state: 'closed' });
    const { data } = await octokit.rest.pulls.update({
      ...pull,
      state: 'open',
    });
    expect(data).toMatchObject({
      title: 'Another title',
      state: 'open',
      comments: 1,
      labels: [{ name: 'bug' }],
      assignees: [{ login: 'maya-okafor' }],
      requested_reviewers: [{ login: 'maya-okafor' }],
      requested_teams: [{ slug: 'checkout' }],
    });
    // Its branch gone, it is closed for good.
    await forge.git(dir, 'push', '-q', 'origin', ':topic');
    const closed = await octokit.rest.pulls.get(pull);
    expect(closed.data.state).toBe('closed');
    await expect(
      octokit.rest.pulls.update({ ...pull, state: 'open' }),
    ).rejects.toMatchObject({ status: 422 });
  });

  it('is merged by pushing its commits to the base', async () => {
    const { dir, head, number } = await withTopic('pushed');
    await forge.git(dir, 'push', '-q', 'origin', 'topic:main');
    const { data } = await forge.octokit().rest.pulls.get({
      ...target('pushed'),
      pull_number: number,
    });
    expect(data).toMatchObject({
      merged: true,
      merge_commit_sha: head,
      merged_by: { login: 'maya-okafor' },
      commits: 2,
    });
  });

  it('comes from a fork', async () => {
    await withTopic('forked');
    const maya = forge.octokit(TOKENS.maya);
    const { data: fork } = await maya.rest.repos.createFork(target('forked'));
    expect(fork).toMatchObject({
      full_name: 'maya-okafor/forked',
      fork: true,
      parent: { full_name: 'tidewater/forked' },
    });
    const dir = await forge.folder();
    await forge.git(
      dir,
      'clone',
      '-q',
      forge.remote('maya-okafor', 'forked', TOKENS.maya),
      '.',
    );
    await forge.git(dir, 'checkout', '-qb', 'from-fork');
    await forge.commit(dir, { 'f.txt': 'f\n' }, 'From a fork');
    await forge.git(dir, 'push', '-q', 'origin', 'from-fork');
    const { data: pull } = await maya.rest.pulls.create({
      ...target('forked'),
      title: 'From a fork',
      head: 'maya-okafor:from-fork',
      base: 'main',
    });
    const head = await forge.commit(dir, { 'g.txt': 'g\n' }, 'More');
    await forge.git(dir, 'push', '-q', 'origin', 'from-fork');
    const { data } = await maya.rest.pulls.get({
      ...target('forked'),
      pull_number: pull.number,
    });
    expect(data).toMatchObject({ commits: 2, head: { sha: head } });
    await maya.rest.pulls.merge({
      ...target('forked'),
      pull_number: pull.number,
    });
    const { data: branch } = await maya.rest.repos.getBranch({
      ...target('forked'),
      branch: 'main',
    });
    expect(branch.commit.parents.map(parent => parent.sha)).toContain(head);
  });

  it('is refused without a difference, a branch, or twice', async () => {
    const { dir } = await withTopic('refused');
    await forge.git(dir, 'push', '-q', 'origin', 'main:same');
    const create = (head: string, base = 'main') =>
      forge.octokit().rest.pulls.create({
        ...target('refused'),
        title: 'x',
        head,
        base,
      });
    await expect(create('same')).rejects.toThrow(/No commits between/);
    await expect(create('none')).rejects.toMatchObject({ status: 422 });
    await expect(create('topic', 'none')).rejects.toMatchObject({
      status: 422,
    });
    await expect(create('topic')).rejects.toThrow(
      /A pull request already exists for tidewater:topic/,
    );
  });
});
