import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  componentReportSchema,
  fixesSchema,
  FixPreview,
  fixPreviewSchema,
  openedFixSchema,
} from '@waymark/backstage-plugin-compliance-common';
import { testDatabases } from '../__testUtils__/database';
import { catalogInfo, HELM, SHOP } from '../__testUtils__/shop';
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
const JONAS = 'user:default/jonas';

describe('fixes', () => {
  let forge: TestForge;
  let portal: Portal;
  let folder: string;
  let stores: Awaited<ReturnType<typeof open>>;

  const ask = (
    rule: string,
    name: string,
    who: Person | null = MAYA,
    more: object = {},
    path = '/fixes/preview',
  ) =>
    portal.post(path, who, { entityRef: `component:${name}`, rule, ...more });
  const preview = async (
    rule: string,
    name: string,
    more: object = {},
  ): Promise<FixPreview> => {
    const { body, status } = await ask(rule, name, MAYA, more);
    expect(body.error).toBeUndefined();
    expect(status).toBe(200);
    return fixPreviewSchema.parse(body);
  };
  const create = async (rule: string, name: string, who: Person = MAYA) => {
    const { body, status } = await ask(rule, name, who, {}, '/fixes');
    expect(body.error).toBeUndefined();
    expect(status).toBe(201);
    return openedFixSchema.parse(body);
  };
  const list = async (query: string, who: Person = PRIYA) =>
    fixesSchema.parse((await portal.get(`/fixes?${query}`, who)).body).items;
  const onBranch = async (name: string, branch: string, path: string) => {
    const { content } = await forge.api(
      'GET',
      `/repos/tidewater/${name}/contents/${path}?ref=${encodeURIComponent(
        branch,
      )}`,
    );
    return Buffer.from(content, 'base64').toString();
  };
  const outcome = async (name: string, rule: string) => {
    const { body } = await portal.get(`/scores/component/default/${name}`);
    const { verdicts } = componentReportSchema.parse(body);
    return verdicts.find(verdict => verdict.rule === rule)?.outcome;
  };
  const passes = async (name: string, rule: string) => {
    const end = Date.now() + 20_000;
    while ((await outcome(name, rule)) !== 'pass') {
      if (Date.now() > end) throw new Error(`${rule} does not pass`);
      await new Promise(resolve => setTimeout(resolve, 50));
    }
  };

  beforeAll(async () => {
    forge = await startTestForge();
    await forge.repository('basket');
    await forge.commit('basket', 'catalog-info.yaml', catalogInfo('basket'));
    await forge.commit(
      'basket',
      'README.md',
      '# basket\n\nPrices all baskets.\n',
    );
    await forge.repository('shop');
    for (const [path, text] of Object.entries(SHOP)) {
      await forge.commit('shop', path, text);
    }
    folder = await mkdtemp(join(tmpdir(), 'compliance-helm-'));
    const helm = join(folder, 'helm');
    await writeFile(helm, HELM);
    await chmod(helm, 0o755);
    stores = await open();
    portal = await startPortal({
      forge,
      knex: stores.knex,
      config: { compliance: { helm } },
      entities: [
        group('checkout'),
        service(forge, 'basket', { description: '' }),
        service(forge, 'shop'),
      ],
    });
    await portal.run('components');
    await portal.run('work');
  });
  afterAll(async () => {
    await portal.stop();
    await forge.stop();
    await rm(folder, { recursive: true });
  });

  it('says what would change, and whether the rule then passes', async () => {
    const fix = await preview('catalog-fields', 'basket');
    expect(fix).toMatchObject({
      title: 'Say in the catalog what basket is',
      passes: true,
      inputs: [{ name: 'description', value: 'Prices all baskets.' }],
      files: [
        {
          path: 'catalog-info.yaml',
          before: catalogInfo('basket'),
          after: catalogInfo('basket').replace(
            'name: basket\n',
            'name: basket\n  description: Prices all baskets.\n',
          ),
        },
      ],
    });
    expect(fix.description).toContain(
      'http://localhost/compliance/rules/catalog-fields',
    );
    expect(fix.pullRequestUrl).toBeUndefined();
    const said = await preview('catalog-fields', 'basket', {
      inputs: { description: 'Adds: it up' },
    });
    expect(said.files[0].after).toContain('description: "Adds: it up"\n');
    // Nothing was written by looking.
    expect(
      await forge.api('GET', '/repos/tidewater/basket/branches'),
    ).toHaveLength(1);
  });

  it('opens one pull request, and the rule passes once it is merged', async () => {
    const fix = await create('catalog-fields', 'basket');
    expect(fix).toMatchObject({
      entityRef: 'component:default/basket',
      rule: 'catalog-fields',
      state: 'open',
      requestedBy: MAYA,
    });
    expect(fix.pullRequestUrl).toBe(`${forge.url}/tidewater/basket/pull/1`);
    const pull = await forge.api('GET', '/repos/tidewater/basket/pulls/1');
    expect(pull).toMatchObject({
      title: 'Say in the catalog what basket is',
      head: { ref: 'waymark/catalog-fields' },
      base: { ref: 'main' },
      commits: 1,
      changed_files: 1,
    });
    expect(pull.body).toContain('Asked for by [maya]');

    // Who asks again, and who asks at the same time, is led to the same one.
    const { head } = pull;
    const again = await Promise.all([
      create('catalog-fields', 'basket', JONAS),
      create('catalog-fields', 'basket'),
    ]);
    expect(again.map(({ number }) => number)).toEqual([1, 1]);
    const same = await forge.api('GET', '/repos/tidewater/basket/pulls/1');
    expect(same.head.sha).toBe(head.sha);
    expect(await list('entityRef=component:basket')).toMatchObject([
      { number: 1, state: 'open', requestedBy: MAYA },
    ]);
    expect((await preview('catalog-fields', 'basket')).pullRequestUrl).toBe(
      fix.pullRequestUrl,
    );

    // Main moved on meanwhile: its branch does, too.
    await forge.commit('basket', 'NEWS.md', 'New\n');
    await create('catalog-fields', 'basket');
    const moved = await forge.api('GET', '/repos/tidewater/basket/pulls/1');
    expect(moved).toMatchObject({ commits: 1, changed_files: 1 });
    expect(moved.head.sha).not.toBe(head.sha);

    expect(await outcome('basket', 'catalog-fields')).toBe('fail');
    await forge.api('PUT', '/repos/tidewater/basket/pulls/1/merge');
    const basket = portal.state.entities.find(
      ({ kind, metadata }) =>
        kind === 'Component' && metadata.name === 'basket',
    )!;
    basket.metadata.description = 'Prices all baskets.';
    await portal.events.publish(forge.push('basket'));
    await portal.events.publish({
      topic: 'github.pull_request',
      eventPayload: {
        action: 'closed',
        pull_request: { number: 1, state: 'closed', merged: true },
        repository: { html_url: `${forge.url}/Tidewater/basket` },
      },
    });
    await passes('basket', 'catalog-fields');
    expect(await list('entityRef=component:basket')).toEqual([]);
    expect(await list('state=merged')).toMatchObject([{ number: 1 }]);
    const late = await ask('catalog-fields', 'basket');
    expect(late.status).toBe(409);
    expect(late.body.error.message).toContain('passes by now');
  });

  it('adds the first page of the docs, where the portal looks for it', async () => {
    const { number } = await create('documentation', 'basket');
    const branch = 'waymark/documentation';
    expect(await onBranch('basket', branch, 'docs/index.md')).toBe(
      '# basket\n\nPrices all baskets.\n',
    );
    expect(await onBranch('basket', branch, 'mkdocs.yml')).toContain(
      'site_name: basket\n',
    );
    expect(await onBranch('basket', branch, 'catalog-info.yaml')).toContain(
      '  annotations:\n    backstage.io/techdocs-ref: dir:.\n',
    );

    // What people added to the branch stays.
    await forge.api('PUT', '/repos/tidewater/basket/contents/docs/index.md', {
      message: 'Better',
      content: Buffer.from('# Basket\n').toString('base64'),
      branch,
      sha: (
        await forge.api(
          'GET',
          '/repos/tidewater/basket/contents/docs/index.md?ref=waymark%2Fdocumentation',
        )
      ).sha,
    });
    expect((await create('documentation', 'basket')).number).toBe(number);
    expect(await onBranch('basket', branch, 'docs/index.md')).toBe(
      '# Basket\n',
    );
  });

  it('writes limits into what is deployed, once, and the rule passes', async () => {
    const rule = 'resource-limits';
    const { files, passes: does } = await preview(rule, 'shop');
    expect(does).toBe(true);
    expect(files).toMatchObject([
      {
        path: 'chart/templates/deployment.yaml',
        after: expect.stringMatching(
          /# The only one\.\n {8}- \{ name: app, image: shop, resources: .*memory: 256Mi/,
        ),
      },
    ]);
    const { number } = await create(rule, 'shop', JONAS);
    expect((await create(rule, 'shop')).number).toBe(number);
    await forge.api('PUT', `/repos/tidewater/shop/pulls/${number}/merge`);
    await portal.events.publish(forge.push('shop'));
    await passes('shop', rule);
  });

  it('asks the Git host what no event told of', async () => {
    const { number } = await create('dependency-updates', 'basket');
    expect(
      JSON.parse(
        await onBranch('basket', 'waymark/dependency-updates', 'renovate.json'),
      ),
    ).toMatchObject({ extends: ['config:recommended'] });
    await forge.api('PATCH', `/repos/tidewater/basket/pulls/${number}`, {
      state: 'closed',
    });
    await stores.knex('fixes').update({ checked_at: new Date(0) });
    const rules = (await list('entityRef=component:basket')).map(
      ({ rule }) => rule,
    );
    expect(rules).toEqual(['documentation']);
    // Closed is not for ever: the branch is ours and is used again.
    const next = await create('dependency-updates', 'basket');
    expect(next.number).toBeGreaterThan(number);
  });
});
