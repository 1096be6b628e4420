import { Browser } from './__testUtils__/browser';
import { TestForge, TOKENS } from './__testUtils__/forge';

jest.setTimeout(60_000);

describe('the pages', () => {
  let forge: TestForge;
  const target = { owner: 'tidewater', repo: 'paged' };

  beforeAll(async () => {
    forge = await TestForge.start();
    const { dir } = await forge.seed('paged', {
      'README.md': '# Paged\n\nSee [docs](docs/index.md).\n',
      'docs/index.md': '# Docs\n',
      'src/index.ts': 'export const a = 1;\n',
      'crlf.txt': 'one\r\ntwo\r\n',
    });
    await forge.git(dir, 'checkout', '-qb', 'feature/slash');
    await forge.commit(dir, { 'src/index.ts': 'export const a = 2;\n' }, 'Two');
    await forge.git(dir, 'push', '-q', 'origin', 'feature/slash');
    await forge.octokit().rest.pulls.create({
      ...target,
      title: 'Make it two',
      head: 'feature/slash',
      base: 'main',
    });
    await forge.octokit().rest.repos.updateBranchProtection({
      ...target,
      branch: 'main',
      required_status_checks: null,
      enforce_admins: true,
      required_pull_request_reviews: { required_approving_review_count: 1 },
      restrictions: null,
    });
  });
  afterAll(() => forge.remove());

  it('show code by branch, also one with a slash in its name', async () => {
    const browser = new Browser(forge.url);
    const home = await browser.get('/tidewater/paged');
    expect(home).toContain(`${forge.url}/tidewater/paged.git`);
    expect(home).toContain('href="/tidewater/paged/blob/main/docs/index.md"');
    const file = await browser.get(
      '/tidewater/paged/blob/feature/slash/src/index.ts',
    );
    expect(file.replace(/<[^>]+>/g, '')).toContain('export const a = 2;');
    const other = await browser.get('/tidewater/paged/blob/main/src/index.ts');
    expect(other.replace(/<[^>]+>/g, '')).toContain('export const a = 1;');
  });

  it('take a form only from themselves', async () => {
    const browser = new Browser(forge.url);
    const pull = '/tidewater/paged/pull/1';
    const close = (
      fields: Record<string, string>,
      headers: Record<string, string>,
    ) => browser.submit(pull, `${pull}/close`, fields, headers);
    const answers = [
      await close({}, { origin: 'http://evil.example' }),
      await close({ token: 'x'.repeat(43) }, {}),
      await close({}, { cookie: '' }),
    ];
    expect(answers.map(answer => answer.status)).toEqual([403, 403, 403]);
    const { data } = await forge.octokit().rest.pulls.get({
      ...target,
      pull_number: 1,
    });
    expect(data.state).toBe('open');
  });

  it('approve and merge a pull request', async () => {
    const browser = new Browser(forge.url);
    const pull = '/tidewater/paged/pull/1';
    const early = await browser.submit(pull, `${pull}/merge`);
    expect(early.status).toBe(405);
    expect(await early.text()).toContain('At least 1 approving review');
    const approved = await browser.submit(pull, `${pull}/approve`, {
      as: 'maya-okafor',
    });
    expect(approved.status).toBe(303);
    const merged = await browser.submit(pull, `${pull}/merge`, {
      method: 'squash',
    });
    expect(merged.status).toBe(303);
    const { data } = await forge.octokit().rest.pulls.get({
      ...target,
      pull_number: 1,
    });
    expect(data).toMatchObject({
      merged: true,
      merged_by: { login: 'maya-okafor' },
    });
    expect(await browser.get(pull)).toMatch(/Merged by\s+Maya Okafor/);
  });

  it('edit a file: by pull request where the branch is protected', async () => {
    const browser = new Browser(forge.url);
    const page = '/tidewater/paged/edit/main/crlf.txt';
    const fields = { text: 'one\r\nthree\r\n', message: 'Count on' };
    const refused = await browser.submit(page, page, {
      ...fields,
      how: 'direct',
    });
    expect(refused.status).toBe(422);
    expect(await refused.text()).toContain(
      'Changes must be made through a pull request',
    );
    const opened = await browser.submit(page, page, {
      ...fields,
      how: 'pull',
    });
    expect(opened.headers.get('location')).toBe('/tidewater/paged/pull/2');
    const files = await forge.octokit().rest.pulls.listFiles({
      ...target,
      pull_number: 2,
    });
    expect(files.data[0].patch).toBe(
      '@@ -1,2 +1,2 @@\n one\r\n-two\r\n+three\r',
    );
    await forge.octokit().rest.repos.deleteBranchProtection({
      ...target,
      branch: 'main',
    });
    const saved = await browser.submit(page, page, {
      ...fields,
      how: 'direct',
    });
    expect(saved.headers.get('location')).toMatch(
      /^\/tidewater\/paged\/commit\/[0-9a-f]{40}$/,
    );
    const { data } = await forge.octokit().rest.repos.getCommit({
      ...target,
      ref: 'main',
    });
    expect(data.commit).toMatchObject({
      message: 'Count on',
      author: { name: 'Maya Okafor' },
    });
  });

  it('send a delivery again', async () => {
    await forge.octokit().rest.repos.createWebhook({
      ...target,
      config: { url: `${forge.url}/no/such/receiver`, content_type: 'json' },
    });
    const { data: hooks } = await forge
      .octokit()
      .rest.repos.listWebhooks(target);
    const hook = { ...target, hook_id: hooks[0].id };
    const list = async () =>
      (await forge.octokit().rest.repos.listWebhookDeliveries(hook)).data;
    const [ping] = await list();
    const page = `/tidewater/paged/settings/hooks/${hook.hook_id}/deliveries/${ping.id}`;
    const browser = new Browser(forge.url);
    const again = await browser.submit(page, `${page}/redeliver`);
    expect(again.status).toBe(303);
    expect((await list()).map(one => [one.guid, one.redelivery])).toEqual([
      [ping.guid, true],
      [ping.guid, false],
    ]);
  });

  it('change nothing when there is no account for them', async () => {
    const reading = await TestForge.start({ webAccount: undefined });
    await reading.seed('still', { 'a.txt': 'a\n' });
    const response = await fetch(
      `${reading.url}/tidewater/still/edit/main/a.txt`,
    );
    expect(response.status).toBe(403);
    const token = { authorization: `token ${TOKENS.maya}` };
    const own = await fetch(`${reading.url}/tidewater/still/edit/main/a.txt`, {
      headers: token,
    });
    expect(own.status).toBe(200);
    await reading.remove();
  });
});
