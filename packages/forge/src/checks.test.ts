import { Browser } from './__testUtils__/browser';
import { TestForge, TOKENS } from './__testUtils__/forge';

jest.setTimeout(60_000);

describe('checks recorded by hand', () => {
  let forge: TestForge;

  beforeAll(async () => {
    forge = await TestForge.start();
  });
  afterAll(() => forge.remove());

  /** A pull request by Maya where `pipeline` and a review are required. */
  const guarded = async (repo: string) => {
    const target = { owner: 'tidewater', repo };
    const { dir } = await forge.seed(repo, { 'a.txt': 'a\n' });
    await forge.git(dir, 'checkout', '-qb', 'topic');
    const sha = await forge.commit(dir, { 'b.txt': 'b\n' }, 'Add b');
    await forge.git(dir, 'push', '-q', 'origin', 'topic');
    await forge.octokit(TOKENS.maya).rest.pulls.create({
      ...target,
      title: 'Add b',
      head: 'topic',
      base: 'main',
    });
    await forge.octokit().rest.repos.updateBranchProtection({
      ...target,
      branch: 'main',
      required_status_checks: { strict: false, contexts: ['pipeline'] },
      enforce_admins: true,
      required_pull_request_reviews: { required_approving_review_count: 1 },
      restrictions: null,
    });
    return { target, dir, sha, pull: `/tidewater/${repo}/pull/1` };
  };
  const statusesOf = async (target: { owner: string; repo: string }) =>
    (
      await forge.octokit().rest.repos.listCommitStatusesForRef({
        ...target,
        ref: 'topic',
      })
    ).data;

  it('open the way to a merge once it is approved as well', async () => {
    const { target, sha, pull } = await guarded('merged-by-hand');
    const { data: hook } = await forge.octokit().rest.repos.createWebhook({
      ...target,
      events: ['status'],
      config: { url: `${forge.url}/no/such/receiver` },
    });
    const browser = new Browser(forge.url);
    const before = await browser.get(pull);
    expect(before).toContain('no result');
    expect(before).toMatch(
      /runs no pipelines:\s+run the checks yourself and record the result/,
    );
    await browser.submit(pull, `${pull}/approve`, { as: 'waymark-portal' });
    const early = await browser.submit(pull, `${pull}/merge`);
    expect(early.status).toBe(405);
    expect(await early.text()).toContain(
      'Required status check &quot;pipeline&quot; is expected.',
    );

    const undecided = await browser.submit(pull, `${pull}/checks`);
    expect(undecided.status).toBe(422);
    expect(await undecided.text()).toContain('Choose success or failure');
    const recorded = await browser.submit(pull, `${pull}/checks`, {
      state: 'success',
    });
    expect(recorded.status).toBe(303);
    expect(recorded.headers.get('location')).toBe(pull);

    const after = await browser.get(pull);
    expect(after).toContain('recorded by hand by maya-okafor');
    expect(after).not.toContain('run the checks yourself');
    expect(after).toContain('Ready to merge');
    expect(await statusesOf(target)).toMatchObject([
      {
        state: 'success',
        context: 'pipeline',
        description: 'recorded by hand by maya-okafor',
        creator: { login: 'maya-okafor' },
      },
    ]);
    const { data: deliveries } = await forge
      .octokit()
      .rest.repos.listWebhookDeliveries({ ...target, hook_id: hook.id });
    expect(deliveries.map(one => one.event)).toContain('status');

    const merged = await browser.submit(pull, `${pull}/merge`);
    expect(merged.status).toBe(303);
    const page = await browser.get(pull);
    expect(page).toMatch(/Merged by\s+Maya Okafor/);
    expect(page).toContain('recorded by hand by maya-okafor');
    expect(page).not.toContain('Record another result');
    const { data } = await forge
      .octokit()
      .rest.pulls.get({ ...target, pull_number: 1 });
    expect(data).toMatchObject({ merged: true, head: { sha } });
  });

  it('still need the review', async () => {
    const { pull } = await guarded('not-reviewed');
    const browser = new Browser(forge.url);
    await browser.submit(pull, `${pull}/checks`, { state: 'success' });
    const refused = await browser.submit(pull, `${pull}/merge`);
    expect(refused.status).toBe(405);
    expect(await refused.text()).toContain('At least 1 approving review');
  });

  it('stop a merge that failed one, until it passes or is fixed', async () => {
    const { target, dir, sha, pull } = await guarded('failed-by-hand');
    const browser = new Browser(forge.url);
    const record = (fields: Record<string, string>) =>
      browser.submit(pull, `${pull}/checks`, fields);
    await browser.submit(pull, `${pull}/approve`, { as: 'waymark-portal' });
    await record({ state: 'failure' });
    const failing = 'Required status check &quot;pipeline&quot; is failing.';
    expect(await browser.get(pull)).toContain(failing);
    const refused = await browser.submit(pull, `${pull}/merge`);
    expect(refused.status).toBe(405);
    expect(await refused.text()).toContain(failing);

    // A later result counts, and the earlier one is kept.
    await record({ state: 'success' });
    expect(await browser.get(pull)).toContain('Ready to merge');
    expect((await statusesOf(target)).map(one => one.state)).toEqual([
      'success',
      'failure',
    ]);

    // A result is of one commit: the next one begins without.
    await forge.commit(dir, { 'b.txt': 'c\n' }, 'Change b');
    await forge.git(dir, 'push', '-q', 'origin', 'topic');
    expect(await browser.get(pull)).toContain('no result');
    const old = await record({ state: 'success', sha });
    expect(old.status).toBe(409);
    expect(await old.text()).toContain('Head branch was modified');
    expect(await statusesOf(target)).toEqual([]);
  });

  it('are taken from our own forms and for required checks only', async () => {
    const { target, pull } = await guarded('forged-by-hand');
    const browser = new Browser(forge.url);
    const record = (
      fields: Record<string, string>,
      headers: Record<string, string> = {},
    ) =>
      browser.submit(
        pull,
        `${pull}/checks`,
        { state: 'success', ...fields },
        headers,
      );
    const answers = [
      await record({}, { origin: 'http://evil.example' }),
      await record({ token: '' }),
      await record({}, { cookie: '' }),
      await record({ check: 'another' }),
      await record({ state: 'error' }),
    ];
    expect(answers.map(answer => answer.status)).toEqual([
      403, 403, 403, 422, 422,
    ]);
    expect(await statusesOf(target)).toEqual([]);
    await browser.submit(pull, `${pull}/close`);
    expect(await browser.get(pull)).not.toContain(`${pull}/checks`);
  });

  it('are refused from those who may not push', async () => {
    const { target, pull } = await guarded('read-by-hand');
    const page = await new Browser(forge.url, TOKENS.guest).get(pull);
    expect(page).toContain('somebody who may push has to run the checks');
    expect(page).not.toContain(`${pull}/checks`);
    const record = () =>
      new Browser(forge.url).submit(
        pull,
        `${pull}/checks`,
        { state: 'success' },
        { authorization: `token ${TOKENS.guest}` },
      );
    const refused = await record();
    expect(refused.status).toBe(403);
    expect(await refused.text()).toContain(
      'guest-member may not change this repository.',
    );
    expect(await statusesOf(target)).toEqual([]);
    await forge.octokit().rest.repos.addCollaborator({
      ...target,
      username: 'guest-member',
      permission: 'push',
    });
    expect((await record()).status).toBe(303);
    expect(await statusesOf(target)).toMatchObject([
      { creator: { login: 'guest-member' } },
    ]);
  });
});
