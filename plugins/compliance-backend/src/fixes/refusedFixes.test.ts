import { Entity } from '@backstage/catalog-model';
import { testDatabases } from '../__testUtils__/database';
import {
  group,
  Person,
  Portal,
  service,
  startPortal,
  startTestForge,
  TestForge,
} from '../__testUtils__/portal';

const open = testDatabases();
const MAYA = 'user:default/maya';
const PRIYA = 'user:default/priya';
const SECRET = `AKIA${'ABCDEFGH'.repeat(2)}`;
const OTHER_HOST = 'https://gitlab.com/a/b/-';

const catalogInfo = (name: string, annotation = '') => `apiVersion: v1
kind: Component
metadata:
  name: ${name}
  annotations: { backstage.io/techdocs-ref: "${annotation}" }
spec: { type: service, lifecycle: production, owner: checkout }
`;

/** Aliases that are a billion values once they are written out. */
const BOMB = Array.from({ length: 9 }, (_, level) =>
  level === 0
    ? 'a0: &a0 [x, x, x, x, x, x, x, x, x]'
    : `a${level}: &a${level} [${Array(9)
        .fill(`*a${level - 1}`)
        .join(', ')}]`,
).join('\n');

describe('fixes that are not offered', () => {
  let forge: TestForge;
  let portal: Portal;

  const ask = (
    rule: string,
    name: string,
    who: Person | null | undefined = MAYA,
    more: object = {},
    path = '/fixes/preview',
  ) =>
    portal.post(path, who, { entityRef: `component:${name}`, rule, ...more });

  const repository = async (name: string, files: Record<string, string>) => {
    await forge.repository(name);
    for (const [path, text] of Object.entries({
      'catalog-info.yaml': catalogInfo(name),
      ...files,
    })) {
      await forge.commit(name, path, text);
    }
  };
  /** Puts a link into the repository. */
  const link = async (name: string, path: string, target: string) => {
    const at = `/repos/tidewater/${name}/git`;
    const { object } = await forge.api('GET', `${at}/ref/heads/main`);
    const { tree } = await forge.api('GET', `${at}/commits/${object.sha}`);
    const { sha } = await forge.api('POST', `${at}/trees`, {
      base_tree: tree.sha,
      tree: [{ path, mode: '120000', type: 'blob', content: target }],
    });
    const commit = await forge.api('POST', `${at}/commits`, {
      message: 'A link',
      tree: sha,
      parents: [object.sha],
    });
    await forge.api('PATCH', `${at}/refs/heads/main`, { sha: commit.sha });
  };

  beforeAll(async () => {
    forge = await startTestForge();
    await repository('basket', {});
    await repository('labels', {});
    await repository('secretive', {
      'README.md': `# s\n\nThe key is ${SECRET}, keep it.\n`,
    });
    await repository('linked', {});
    await link('linked', 'docs', '/etc');
    await repository('climbing', {
      'catalog-info.yaml': catalogInfo('climbing', 'dir:../../etc'),
    });
    await repository('bombed', { 'catalog-info.yaml': BOMB });
    await repository('taken', {});
    await repository('off', { 'renovate.json': '{"enabled": false}' });
    for (const name of ['taken', 'linked', 'secretive']) {
      const { object } = await forge.api(
        'GET',
        `/repos/tidewater/${name}/git/ref/heads/main`,
      );
      const ref = 'refs/heads/waymark/catalog-fields';
      await forge.api('POST', `/repos/tidewater/${name}/git/refs`, {
        ref,
        sha: object.sha,
      });
    }

    const own = (name: string, annotations = {}): Entity => {
      const entity = service(forge, name, { description: '' });
      Object.assign(entity.metadata.annotations!, annotations);
      return entity;
    };
    const paper = own('paper');
    delete paper.metadata.annotations;
    portal = await startPortal({
      forge,
      knex: (await open()).knex,
      entities: [
        group('checkout'),
        group('delivery'),
        own('basket'),
        service(forge, 'labels', { owner: 'group:default/delivery' }),
        own('secretive'),
        own('linked'),
        own('climbing', { 'backstage.io/techdocs-ref': 'dir:../../etc' }),
        own('bombed'),
        own('taken'),
        own('off'),
        // Of another repository, which its own catalog-info.yaml speaks for.
        own('curious', {
          'backstage.io/source-location': `url:${forge.url}/tidewater/labels/tree/main/`,
        }),
        own('elsewhere', {
          'backstage.io/managed-by-location': `url:${OTHER_HOST}/blob/main/catalog-info.yaml`,
          'backstage.io/source-location': `url:${OTHER_HOST}/tree/main/`,
        }),
        own('branched', {
          'backstage.io/managed-by-location': `url:${forge.url}/tidewater/basket/blob/next/catalog-info.yaml`,
          'backstage.io/source-location': `url:${forge.url}/tidewater/basket/tree/next/`,
        }),
        paper,
      ],
    });
  });
  afterAll(async () => {
    await portal.stop();
    await forge.stop();
  });

  it.each<[string, string, string, Person | null, number, string]>([
    ['another team', 'catalog-fields', 'basket', PRIYA, 403, 'Only members of'],
    [
      'what is not to be seen',
      'runbook',
      'basket',
      'user:default/visitor',
      404,
      'no component',
    ],
    ['nobody', 'catalog-fields', 'basket', null, 401, ''],
    ['what is not there', 'catalog-fields', 'none', MAYA, 404, 'no component'],
    ['no rule', 'none', 'basket', MAYA, 404, 'no rule none'],
  ])('to %s', async (_, rule, name, who, status, words) => {
    for (const path of ['/fixes/preview', '/fixes']) {
      const response = await ask(rule, name, who, {}, path);
      expect(response.status).toBe(status);
      expect(response.body.error.message).toContain(words);
    }
  });

  it.each([
    ['rules without a fix', 'runbook', 'basket', 'Nothing mends this'],
    ['what passes', 'catalog-fields', 'labels', 'passes by now'],
    ['what does not concern it', 'resource-limits', 'basket', 'no chart'],
    ['other hosts', 'catalog-fields', 'elsewhere', 'GitHub'],
    ['components without files', 'catalog-fields', 'paper', 'no repository'],
    ['repositories of others', 'catalog-fields', 'curious', 'another place'],
    ['other branches', 'catalog-fields', 'branched', 'on the branch next'],
    ['links', 'documentation', 'linked', 'docs is a link'],
    ['paths that climb', 'documentation', 'climbing', 'outside'],
    ['bombs of aliases', 'catalog-fields', 'bombed', 'catalog-info.yaml'],
    ['secrets', 'catalog-fields', 'secretive', 'what looks like a secret'],
    ['what was switched off', 'dependency-updates', 'off', 'switched off'],
  ])('leave out %s', async (_, rule, name, words) => {
    const who = name === 'labels' ? 'user:default/jonas' : MAYA;
    for (const path of ['/fixes/preview', '/fixes']) {
      const response = await ask(rule, name, who, {}, path);
      expect(response.body.error?.message).toContain(words);
      expect(response.status).toBe(409);
      expect(JSON.stringify(response.body)).not.toContain(SECRET);
    }
  });

  it("leave somebody else's branch alone", async () => {
    const { status, body } = await ask(
      'catalog-fields',
      'taken',
      MAYA,
      {},
      '/fixes',
    );
    expect(body.error.message).toContain('was not made for this');
    expect(status).toBe(409);
    expect(await forge.api('GET', '/repos/tidewater/taken/pulls')).toEqual([]);
  });

  it.each<[object, string]>([
    [{ inputs: { lifecycle: 1 } }, 'inputs.lifecycle'],
    [{ inputs: { owner: 'nobody' } }, 'owner: there is no group nobody'],
    [{ inputs: { path: '../x' } }, 'inputs: there is no path'],
    [{ branch: 'main' }, 'branch'],
    [{ entityRef: 'basket' }, 'entityRef'],
  ])('refuse %j', async (more, words) => {
    const { status, body } = await ask('catalog-fields', 'basket', MAYA, more);
    expect(status).toBe(400);
    expect(body.error.message).toContain(words);
  });

  it('are audited', () => {
    const tried = portal.audited.filter(
      ({ eventId }) => eventId === 'fix-create',
    );
    expect(tried.length).toBeGreaterThan(0);
    expect(tried.every(({ ok }) => !ok)).toBe(true);
  });

  it('say when the Git host is away', async () => {
    await forge.stop();
    const { status, body } = await ask('catalog-fields', 'basket');
    expect(status).toBe(503);
    expect(body.error.message).toBe('The Git host did not answer in time.');
    forge = { ...forge, stop: async () => {} };
  });
});
