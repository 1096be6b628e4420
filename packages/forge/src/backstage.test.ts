import { readFile, writeFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { mockServices } from '@backstage/backend-test-utils';
import { UrlReaders } from '@backstage/backend-defaults/urlReader';
import { ConfigReader } from '@backstage/config';
import {
  DefaultGithubCredentialsProvider,
  ScmIntegrations,
} from '@backstage/integration';
import { GithubEntityProvider } from '@backstage/plugin-catalog-backend-module-github';
import { EntityProviderConnection } from '@backstage/plugin-catalog-node';
import {
  createGithubBranchProtectionAction,
  createGithubRepoPushAction,
  createGithubRepoCreateAction,
  createPublishGithubAction,
} from '@backstage/plugin-scaffolder-backend-module-github';
import { createMockActionContext } from '@backstage/plugin-scaffolder-node-test-utils';
import { TestForge, TOKENS } from './__testUtils__/forge';

jest.setTimeout(60_000);

describe("Backstage's own code against the forge", () => {
  let forge: TestForge;
  let integrations: ScmIntegrations;
  let githubCredentialsProvider: DefaultGithubCredentialsProvider;
  let config: ConfigReader;

  beforeAll(async () => {
    forge = await TestForge.start();
    config = forge.config();
    integrations = ScmIntegrations.fromConfig(config);
    githubCredentialsProvider =
      DefaultGithubCredentialsProvider.fromIntegrations(integrations);
  });
  afterAll(() => forge.remove());

  const workspace = async (files: Record<string, string>) => {
    const dir = await forge.folder();
    for (const [path, text] of Object.entries(files)) {
      await mkdir(join(dir, path, '..'), { recursive: true });
      await writeFile(join(dir, path), text);
    }
    return dir;
  };
  const repoUrl = (repo: string) =>
    `${forge.host}?owner=tidewater&repo=${repo}`;

  it('publishes with publish:github, protected, and with all its inputs', async () => {
    const action = createPublishGithubAction({
      integrations,
      config,
      githubCredentialsProvider,
    });
    const ctx = createMockActionContext({
      input: {
        repoUrl: repoUrl('published'),
        description: 'Made by publish:github',
        access: 'tidewater/checkout',
        defaultBranch: 'main',
        repoVisibility: 'private' as const,
        topics: ['Node', 'service'],
        collaborators: [{ user: 'maya-okafor', access: 'push' }],
        repoVariables: { region: 'eu' },
        secrets: { API_KEY: 'very secret' },
        subscribe: true,
      },
      workspacePath: await workspace({
        'README.md': '# Published\n',
        'src/index.ts': 'export {};\n',
      }),
    });
    await action.handler(ctx);
    const { output } = ctx;
    const url = `${forge.url}/tidewater/published`;
    expect(output).toHaveBeenCalledWith('remoteUrl', `${url}.git`);
    expect(output).toHaveBeenCalledWith('repoContentsUrl', `${url}/blob/main`);

    const target = { owner: 'tidewater', repo: 'published' };
    const octokit = forge.octokit();
    const { data } = await octokit.rest.repos.get(target);
    expect(data).toMatchObject({
      default_branch: 'main',
      visibility: 'private',
      topics: ['node', 'service'],
      description: 'Made by publish:github',
    });
    const protection = await octokit.rest.repos.getBranchProtection({
      ...target,
      branch: 'main',
    });
    expect(protection.data.enforce_admins?.enabled).toBe(true);
    const secret = await octokit.rest.actions.getRepoSecret({
      ...target,
      secret_name: 'API_KEY',
    });
    expect(Object.keys(secret.data)).toEqual([
      'name',
      'created_at',
      'updated_at',
    ]);
    const variables = await octokit.rest.actions.listRepoVariables(target);
    expect(variables.data.variables[0]).toMatchObject({
      name: 'REGION',
      value: 'eu',
    });

    const clone = await forge.folder();
    await forge.git(
      clone,
      'clone',
      '-q',
      forge.remote('tidewater', 'published', TOKENS.maya),
      '.',
    );
    expect(await readFile(join(clone, 'README.md'), 'utf8')).toBe(
      '# Published\n',
    );
    await forge.commit(clone, { 'README.md': '# Changed\n' }, 'Past review');
    await expect(forge.git(clone, 'push', 'origin', 'main')).rejects.toThrow(
      /Changes must be made through a pull request/,
    );
  });

  it('creates and pushes in two steps; the first branch is the default one', async () => {
    const create = createGithubRepoCreateAction({
      integrations,
      githubCredentialsProvider,
    });
    await create.handler(
      createMockActionContext({
        input: { repoUrl: repoUrl('two-steps') },
        workspacePath: await forge.folder(),
      }),
    );
    const push = createGithubRepoPushAction({
      integrations,
      config,
      githubCredentialsProvider,
    });
    const ctx = createMockActionContext({
      input: {
        repoUrl: repoUrl('two-steps'),
        defaultBranch: 'master',
        protectDefaultBranch: false,
      },
      workspacePath: await workspace({ 'a.txt': 'a\n' }),
    });
    await push.handler(ctx);
    const { output } = ctx;
    const target = { owner: 'tidewater', repo: 'two-steps' };
    const { data } = await forge.octokit().rest.repos.get(target);
    expect(data.default_branch).toBe('master');
    expect(output).toHaveBeenCalledWith(
      'commitHash',
      (
        await forge.octokit().rest.repos.getBranch({
          ...target,
          branch: 'master',
        })
      ).data.commit.sha,
    );
    const protect = createGithubBranchProtectionAction({ integrations });
    await protect.handler(
      createMockActionContext({
        input: {
          repoUrl: repoUrl('two-steps'),
          requiredCommitSigning: true,
          token: TOKENS.portal,
        },
        workspacePath: await forge.folder(),
      }),
    );
    const protection = await forge.octokit().rest.repos.getBranchProtection({
      ...target,
      branch: 'master',
    });
    expect(protection.data.required_signatures?.enabled).toBe(true);
  });

  it('says in the words of GitHub that a name is taken', async () => {
    await forge.seed('taken', { 'a.txt': 'a\n' });
    const action = createPublishGithubAction({
      integrations,
      config,
      githubCredentialsProvider,
    });
    await expect(
      action.handler(
        createMockActionContext({
          input: { repoUrl: repoUrl('taken') },
          workspacePath: await workspace({ 'a.txt': 'b\n' }),
        }),
      ),
    ).rejects.toThrow(/name already exists on this account/);
  });

  describe('URL reader', () => {
    const reader = () =>
      UrlReaders.default({
        logger: mockServices.logger.mock(),
        config: forge.config(),
      });
    let sha: string;
    let dir: string;

    beforeAll(async () => {
      ({ sha, dir } = await forge.seed('readable', {
        'catalog-info.yaml': 'kind: Component\n',
        'docs/index.md': '# Docs\n',
        'docs/deep/page.md': '# Page\n',
        'odd name ünï.txt': 'odd\n',
      }));
    });

    it('reads a file and gives 304 for its ETag', async () => {
      const url = `${forge.url}/tidewater/readable/blob/main/catalog-info.yaml`;
      const first = await reader().readUrl(url);
      expect((await first.buffer()).toString()).toBe('kind: Component\n');
      expect(first.lastModifiedAt).toBeInstanceOf(Date);
      await expect(
        reader().readUrl(url, { etag: first.etag }),
      ).rejects.toMatchObject({ name: 'NotModifiedError' });
      await forge.commit(dir, { 'catalog-info.yaml': 'kind: API\n' }, 'Change');
      await forge.git(dir, 'push', '-q', 'origin', 'main');
      const second = await reader().readUrl(url, { etag: first.etag });
      expect((await second.buffer()).toString()).toBe('kind: API\n');
      const old = await reader().readUrl(
        `${forge.url}/tidewater/readable/blob/${sha}/catalog-info.yaml`,
      );
      expect((await old.buffer()).toString()).toBe('kind: Component\n');
    });

    it('says NotFoundError for a missing file, branch and repository', async () => {
      for (const path of [
        'readable/blob/main/none.yaml',
        'readable/blob/none/catalog-info.yaml',
        'none/blob/main/catalog-info.yaml',
      ]) {
        await expect(
          reader().readUrl(`${forge.url}/tidewater/${path}`),
        ).rejects.toMatchObject({ name: 'NotFoundError' });
      }
    });

    it('reads a tree, a part of it, and gives 304 for its commit', async () => {
      const url = `${forge.url}/tidewater/readable/tree/main`;
      const tree = await reader().readTree(url);
      const files = await tree.files();
      expect(files.map(file => file.path).sort()).toEqual([
        'catalog-info.yaml',
        'docs/deep/page.md',
        'docs/index.md',
        'odd name ünï.txt',
      ]);
      await expect(
        reader().readTree(url, { etag: tree.etag }),
      ).rejects.toMatchObject({ name: 'NotModifiedError' });
      const docs = await (await reader().readTree(`${url}/docs`)).files();
      expect(docs.map(file => file.path).sort()).toEqual([
        'deep/page.md',
        'index.md',
      ]);
      const without = await reader().readTree(
        `${forge.url}/tidewater/readable`,
      );
      expect(await without.files()).toHaveLength(4);
    });

    it('searches by pattern', async () => {
      const { files } = await reader().search(
        `${forge.url}/tidewater/readable/blob/main/docs/**/*.md`,
      );
      const found = await Promise.all(
        files.map(async file => [file.url, String(await file.content())]),
      );
      expect(Object.fromEntries(found)).toEqual({
        [`${forge.url}/tidewater/readable/blob/main/docs/index.md`]: '# Docs\n',
        [`${forge.url}/tidewater/readable/blob/main/docs/deep/page.md`]:
          '# Page\n',
      });
    });
  });

  it('is discovered by GithubEntityProvider', async () => {
    await forge.seed('with-info', { 'catalog-info.yaml': 'kind: Component\n' });
    await forge.seed('without-info', { 'README.md': '# None\n' });
    await forge.seed('archived', { 'catalog-info.yaml': 'kind: Component\n' });
    await forge.octokit().rest.repos.update({
      owner: 'tidewater',
      repo: 'archived',
      archived: true,
    });
    const [provider] = GithubEntityProvider.fromConfig(
      new ConfigReader({
        ...(config.get() as object),
        catalog: {
          providers: {
            github: {
              tidewater: {
                organization: 'tidewater',
                host: forge.host,
                validateLocationsExist: true,
                filters: { repository: '(with|without)-info|archived' },
              },
            },
          },
        },
      }),
      {
        logger: mockServices.logger.mock(),
        schedule: {
          run: task => task.fn(new AbortController().signal) as Promise<void>,
        },
      },
    );
    const applyMutation = jest.fn();
    await provider.connect({
      applyMutation,
      refresh: jest.fn(),
    } as unknown as EntityProviderConnection);
    const [{ entities }] = applyMutation.mock.calls[0];
    expect(
      entities.map(
        (one: { entity: { spec: { target: string } } }) =>
          one.entity.spec.target,
      ),
    ).toEqual([`${forge.url}/tidewater/with-info/blob/main/catalog-info.yaml`]);
  });
});
