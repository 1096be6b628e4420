import { request } from 'node:http';
import { readdir } from 'node:fs/promises';
import { TestForge, TOKENS } from './__testUtils__/forge';

jest.setTimeout(60_000);

const SCRIPT = '<script>alert(1)</script>';
const SCRIPT_URL = ['javascript', 'alert(1)'].join(':');
const QUOTES = `"><img src=x onerror=alert('x')>`;

/** A request exactly as written: fetch would tidy the path and the host. */
function raw(
  forge: TestForge,
  path: string,
  options: {
    method?: string;
    headers?: Record<string, string>;
    body?: string;
  } = {},
): Promise<{ status: number; body: string; headers: NodeJS.Dict<unknown> }> {
  const { port } = new URL(forge.url);
  return new Promise((resolve, reject) => {
    const req = request(
      {
        host: '127.0.0.1',
        port,
        path,
        method: options.method ?? 'GET',
        headers: { host: forge.host, ...options.headers },
      },
      res => {
        const chunks: Buffer[] = [];
        res.on('data', chunk => chunks.push(chunk));
        res.on('end', () =>
          resolve({
            status: res.statusCode ?? 0,
            body: Buffer.concat(chunks).toString('utf8'),
            headers: res.headers,
          }),
        );
      },
    );
    req.on('error', reject);
    req.end(options.body);
  });
}

describe('hostile input', () => {
  let forge: TestForge;
  const auth = { authorization: `token ${TOKENS.portal}` };

  beforeAll(async () => {
    forge = await TestForge.start();
    await forge.seed('victim', { 'a.txt': 'a\n', 'docs/b.txt': 'b\n' });
  });
  afterAll(() => forge.remove());

  it.each([
    '..',
    '.',
    '.git',
    'x.git',
    'x.GIT',
    'a/b',
    'a b',
    'ä',
    '-'.repeat(101),
    '<b>',
    'x\n',
    '',
  ])('is no repository name: %j', async name => {
    await expect(
      forge.octokit().rest.repos.createInOrg({ org: 'tidewater', name }),
    ).rejects.toMatchObject({ status: 422 });
  });

  it.each([
    '/tidewater/victim/raw/main/../../../../forge.json',
    '/tidewater/victim/raw/main/%2e%2e/%2e%2e/forge.json',
    '/tidewater/victim/raw/main/..%2f..%2fforge.json',
    '/tidewater/victim/blob/main/%2e%2e%2fHEAD',
    '/tidewater/victim/raw/../HEAD',
    '/tidewater/victim/tree/--output=x',
    '/tidewater/..%2f..%2fvictim',
    '/tidewater/victim.git/HEAD',
    '/tidewater/victim.git/objects/info/packs',
    '/tidewater/victim.git/../victim/config',
    '/tidewater/victim/archive/--output=x.tar.gz',
    '/tidewater/victim/commit/--help',
    '/%2e%2e/etc/passwd',
    '/api/v3/repos/tidewater/victim/contents/..%2f..%2fconfig',
    '/api/v3/repos/tidewater/victim/contents/a.txt?ref=--output%3Dx',
    '/api/v3/repos/tidewater/victim/git/trees/HEAD%5E%7Btree%7D',
    '/api/v3/repos/tidewater/victim/git/blobs/..%2fconfig',
    '/api/v3/repos/tidewater/victim/git/ref/..%2f..%2fHEAD',
    '/api/v3/repos/tidewater/victim/tarball/--upload-pack=x',
    '/api/v3/repos/tidewater%2f../victim',
    '/api/v3/repos/tidewater/victim/compare/main...--no-index',
  ])('reaches nothing by %s', async path => {
    const { status } = await raw(forge, path, { headers: auth });
    expect([400, 403, 404, 422]).toContain(status);
  });

  it.each([
    '../up',
    '.git/config',
    'a/.GIT/hooks/update',
    '/etc/x',
    'a//b',
    'git~1/config',
    'x\ny',
  ])('writes no file at %j', async path => {
    const octokit = forge.octokit();
    await expect(
      octokit.rest.git.createTree({
        owner: 'tidewater',
        repo: 'victim',
        tree: [{ path, mode: '100644', content: 'x' }],
      }),
    ).rejects.toMatchObject({ status: 422 });
  });

  it.each(['..', 'a..b', 'x.lock', '-d', 'a b', 'a\\b', 'refs/../x', '@{0}'])(
    'makes no branch called %j',
    async name => {
      const octokit = forge.octokit();
      const target = { owner: 'tidewater', repo: 'victim' };
      const { data } = await octokit.rest.repos.getBranch({
        ...target,
        branch: 'main',
      });
      await expect(
        octokit.rest.git.createRef({
          ...target,
          ref: `refs/heads/${name}`,
          sha: data.commit.sha,
        }),
      ).rejects.toMatchObject({ status: 422 });
    },
  );

  it('answers to its own host names only', async () => {
    for (const path of ['/', '/api/v3/zen', '/tidewater/victim']) {
      const { status } = await raw(forge, path, {
        headers: { host: 'evil.example' },
      });
      expect(status).toBe(421);
    }
  });

  it('shows names, messages and files as text', async () => {
    const { dir } = await forge.seed('shown', {
      'README.md': `# Title\n\n${SCRIPT}\n\n[x](javascript:alert(1)) ![y](https://elsewhere.example/y.png)\n`,
      'x.html': SCRIPT,
      'x.svg': `<svg xmlns="http://www.w3.org/2000/svg">${SCRIPT}</svg>`,
      [`${QUOTES.replace(/\//g, '')}.txt`]: QUOTES,
    });
    await forge.git(dir, 'checkout', '-qb', "quote'branch");
    await forge.git(
      dir,
      '-c',
      `user.name=${SCRIPT}`,
      'commit',
      '-q',
      '--allow-empty',
      '-m',
      QUOTES,
    );
    await forge.git(dir, 'push', '-q', 'origin', "quote'branch");
    const target = { owner: 'tidewater', repo: 'shown' };
    const octokit = forge.octokit();
    await octokit.rest.repos.update({ ...target, description: QUOTES });
    await octokit.rest.repos.createOrUpdateEnvironment({
      ...target,
      environment_name: SCRIPT,
    });
    const { data: deployment } = await octokit.rest.repos.createDeployment({
      ...target,
      ref: 'main',
      environment: SCRIPT,
      required_contexts: [],
    });
    await octokit.rest.repos.createDeploymentStatus({
      ...target,
      deployment_id: 'id' in deployment ? deployment.id : 0,
      state: 'success',
      environment_url: SCRIPT_URL,
    });
    const { data: pull } = await octokit.rest.pulls.create({
      ...target,
      title: SCRIPT,
      body: `${SCRIPT} ${QUOTES}`,
      head: "quote'branch",
      base: 'main',
    });
    await octokit.rest.issues.createComment({
      ...target,
      issue_number: pull.number,
      body: SCRIPT,
    });
    const sha = await forge.git(dir, 'rev-parse', 'HEAD');
    for (const path of [
      '/tidewater',
      `/tidewater?q=${encodeURIComponent(QUOTES)}`,
      '/tidewater/shown',
      '/tidewater/shown/branches',
      "/tidewater/shown/tree/quote'branch",
      "/tidewater/shown/commits/quote'branch",
      `/tidewater/shown/commit/${sha}`,
      '/tidewater/shown/blob/main/x.html',
      '/tidewater/shown/blob/main/README.md?plain=1',
      '/tidewater/shown/pulls',
      '/tidewater/shown/pull/1',
      '/tidewater/shown/deployments',
      "/tidewater/shown/compare/main...quote'branch",
      '/tidewater/shown/edit/main/x.html',
      `/tidewater/shown/tree/${encodeURIComponent(SCRIPT)}`,
    ]) {
      const { body, headers } = await raw(forge, encodeURI(decodeURI(path)));
      expect(body).toMatch(/^<!DOCTYPE html>/);
      expect(body).not.toMatch(/<script|<img[^>]*onerror|href="javascript:/i);
      expect(body).not.toMatch(/src="https?:/i);
      expect(headers['content-security-policy']).toMatch(/default-src 'none'/);
      expect(headers['x-content-type-options']).toBe('nosniff');
    }
    for (const name of ['x.html', 'x.svg']) {
      const { headers } = await raw(forge, `/tidewater/shown/raw/main/${name}`);
      expect(headers['content-type']).toBe('text/plain; charset=utf-8');
      expect(headers['content-security-policy']).toMatch(/sandbox/);
    }
  });

  it('gives GitHub-shaped errors and no more than it should', async () => {
    const get = async (path: string, headers: Record<string, string>) => {
      const answer = await raw(forge, `/api/v3${path}`, { headers });
      return { status: answer.status, ...JSON.parse(answer.body) };
    };
    await forge.seed('hidden', { 'a.txt': 'a\n' }, { private: true });
    expect(await get('/user', { authorization: 'token wrong' })).toMatchObject({
      message: 'Bad credentials',
      documentation_url: expect.any(String),
    });
    expect(await get('/repos/tidewater/hidden', {})).toMatchObject({
      message: 'Not Found',
    });
    expect(await get('/repos/tidewater/victim', {})).toMatchObject({
      full_name: 'tidewater/victim',
      permissions: { pull: true, push: false, admin: false },
    });
    const anonymous = await raw(forge, '/api/v3/orgs/tidewater/repos', {
      method: 'POST',
      body: '{"name":"x"}',
    });
    expect(anonymous.status).toBe(401);
    const broken = await raw(forge, '/api/v3/orgs/tidewater/repos', {
      method: 'POST',
      headers: auth,
      body: '{"name":',
    });
    expect(broken.status).toBe(400);
    expect(JSON.parse(broken.body).message).toBe('Problems parsing JSON');
    const member = forge.octokit(TOKENS.guest);
    await expect(
      member.rest.repos.delete({ owner: 'tidewater', repo: 'victim' }),
    ).rejects.toMatchObject({ status: 403 });
    const stored = await readdir(forge.dataDir, { recursive: true });
    expect(stored.length).toBeGreaterThan(0);
    expect(forge.log.filter(line => line.startsWith('error'))).toEqual([]);
  });
});

describe('without anonymous reading', () => {
  it('shows nothing to those without a token', async () => {
    const forge = await TestForge.start({ anonymousRead: false });
    await forge.seed('closed', { 'a.txt': 'a\n' });
    for (const path of [
      '/',
      '/tidewater',
      '/tidewater/closed',
      '/tidewater/closed/raw/main/a.txt',
      '/tidewater/closed.git/info/refs?service=git-upload-pack',
      '/organizations/tidewater/settings/hooks',
      '/orgs/tidewater/teams/checkout',
      '/api/v3/repos/tidewater/closed',
      '/api/v3/orgs/tidewater',
    ]) {
      expect((await raw(forge, path)).status).toBe(401);
    }
    const basic = Buffer.from(`x-access-token:${TOKENS.maya}`);
    const { status } = await raw(forge, '/tidewater/closed', {
      headers: { authorization: `Basic ${basic.toString('base64')}` },
    });
    expect(status).toBe(200);
    await forge.remove();
  });
});
