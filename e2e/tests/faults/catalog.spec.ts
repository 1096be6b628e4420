import { createHmac } from 'node:crypto';
import { Canary } from '../../support/faults/canary';
import { PortalClient } from '../../support/faults/client';
import { Clone, OWNER } from '../../support/faults/forge';
import { expect, test } from '../../support/faults/own';
import { APPEARS } from '../../support/faults/patience';
import { secretsOf, shared } from '../../support/faults/place';

const unique = (prefix: string) => `${prefix}-${Date.now().toString(36)}`;

const component = (name: string, description = 'A service') => `
apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: ${name}
  description: ${description}
spec: { type: service, lifecycle: production, owner: checkout }
`;

interface WithStatus {
  status?: { items?: { level: string; message: string }[] };
}

test.describe('catalog', () => {
  test.describe.configure({ timeout: 2 * APPEARS });

  let maya: PortalClient;
  const clones: Clone[] = [];

  test.beforeAll(async () => {
    maya = await PortalClient.as('maya.okafor');
  });
  test.afterAll(() => clones.forEach(clone => clone.remove()));

  const create = async (name: string) => {
    const clone = await Clone.create(name);
    clones.push(clone);
    return clone;
  };
  const find = (kind: string, name: string) =>
    maya.get(`/api/catalog/entities/by-name/${kind}/default/${name}`);
  const descriptionOf = async (name: string) => {
    const answer = await find('component', name);
    return answer.status === 200
      ? answer.json().metadata.description
      : answer.status;
  };
  /** Waits until a pushed description is in the catalog; milliseconds. */
  const untilDescribed = async (name: string, description: string) => {
    const begun = Date.now();
    await expect
      .poll(() => descriptionOf(name), { timeout: APPEARS, intervals: [50] })
      .toBe(description);
    return Date.now() - begun;
  };

  test('reads no address that it was not given to read', async () => {
    const canary = await Canary.start(component('fetched'));
    try {
      for (const target of [
        'http://169.254.169.254/latest/meta-data/',
        'http://[::ffff:169.254.169.254]/latest/meta-data/',
        `http://127.0.0.1:${canary.port}/a.yaml`,
        `http://localhost:${canary.port}/b.yaml`,
        `http://2130706433:${canary.port}/c.yaml`,
        `http://${shared.forgeHost}@127.0.0.1:${canary.port}/d.yaml`,
        `http://127.0.0.1:${canary.port}/${shared.forgeHost}/e.yaml`,
        'file:///etc/passwd',
        'ftp://localhost/f.yaml',
        'data:text/plain,kind: Component',
      ]) {
        for (const [path, body] of [
          ['/api/catalog/locations?dryRun=true', { type: 'url', target }],
          ['/api/catalog/locations', { type: 'file', target }],
          [
            '/api/catalog/analyze-location',
            { location: { type: 'url', target } },
          ],
        ] as const) {
          const answer = await maya.post(path, body);
          // The analysis may answer that it found nothing.
          const found = answer.status < 400 ? answer.json() : {};
          expect(found.entities ?? [], `${path} ${target}`).toEqual([]);
          expect(found.existingEntityFiles ?? []).toEqual([]);
          expect(answer.text).not.toContain('root:');
          if (path !== '/api/catalog/analyze-location') {
            expect(answer.status, `${path} ${target}`).toBeGreaterThan(399);
            expect(answer.status, `${path} ${target}`).toBeLessThan(500);
          }
        }
      }
      expect(canary.hits).toEqual([]);
    } finally {
      await canary.stop();
    }
  });

  test('follows no redirect to this machine', async ({ own }) => {
    test.setTimeout(300_000);
    const name = 'redirects';
    const canary = await Canary.start(component('fetched'));
    const there = await PortalClient.as('maya.okafor', own.place);
    const clone = await Clone.create(name, own.place);
    clones.push(clone);
    await clone.push({ 'other.yaml': component('honest') });
    const undo = own.proxy.answer({
      call: new RegExp(`/repos/${OWNER}/${name}/contents/`),
      status: 302,
      headers: { location: `http://127.0.0.1:${canary.port}/redirected.yaml` },
    });
    try {
      const answer = await there.post('/api/catalog/locations?dryRun=true', {
        type: 'url',
        target: clone.blob('other.yaml'),
      });
      // The address was really read, and led elsewhere.
      expect(own.proxy.calls.join('\n')).toContain(
        `${OWNER}/${name}/contents/`,
      );
      expect(answer.text).not.toContain('fetched');
      expect(canary.hits).toEqual([]);
    } finally {
      undo();
      await canary.stop();
    }
  });

  test('shows a push within 5 seconds', async () => {
    const name = unique('pushed');
    const clone = await create(name);
    await clone.push({ 'catalog-info.yaml': component(name, 'First') });
    await untilDescribed(name, 'First');

    const times: number[] = [];
    for (const description of ['Second', 'Third', 'Fourth']) {
      await clone.push({ 'catalog-info.yaml': component(name, description) });
      times.push(await untilDescribed(name, description));
    }
    test.info().annotations.push({
      type: 'push to catalog',
      description: `${times.join(', ')} ms`,
    });
    process.stdout.write(`    push to catalog: ${times.join(', ')} ms\n`);
  });

  test('takes a webhook only with its signature', async () => {
    const name = unique('signed');
    const clone = await create(name);
    await clone.push({ 'catalog-info.yaml': component(name, 'First') });
    await untilDescribed(name, 'First');

    // It says that the file was removed, although it is there.
    const event = JSON.stringify({
      ref: 'refs/heads/main',
      repository: {
        name,
        url: `${shared.forgeUrl}/${OWNER}/${name}`,
        html_url: `${shared.forgeUrl}/${OWNER}/${name}`,
        default_branch: 'main',
        organization: OWNER,
        owner: { login: OWNER, name: OWNER },
        topics: [],
      },
      organization: { login: OWNER },
      commits: [{ added: [], modified: [], removed: ['catalog-info.yaml'] }],
      created: false,
      deleted: false,
    });
    const { webhookSecret } = secretsOf(shared);
    const sign = (secret: string, hash = 'sha256', text = event) =>
      `${hash}=${createHmac(hash, secret).update(text).digest('hex')}`;
    const deliver = async (headers: Record<string, string>) => {
      const { status } = await fetch(
        `${shared.portalUrl}/api/events/http/github`,
        {
          method: 'POST',
          headers: {
            'content-type': 'application/json',
            'x-github-event': 'push',
            ...headers,
          },
          body: event,
        },
      );
      return status;
    };

    for (const headers of [
      {},
      { 'x-hub-signature-256': '' },
      { 'x-hub-signature-256': 'sha256=' },
      { 'x-hub-signature-256': sign('') },
      { 'x-hub-signature-256': sign('another secret') },
      { 'x-hub-signature-256': sign(webhookSecret, 'sha256', `${event} `) },
      { 'x-hub-signature': sign(webhookSecret, 'sha1') },
    ]) {
      expect(await deliver(headers as Record<string, string>)).toBe(403);
    }
    // What came before this push has been looked at when this one is.
    await clone.push({ 'catalog-info.yaml': component(name, 'Second') });
    await untilDescribed(name, 'Second');

    expect(await deliver({ 'x-hub-signature-256': sign(webhookSecret) })).toBe(
      202,
    );
    await expect
      .poll(() => descriptionOf(name), { timeout: APPEARS })
      .toBe(404);
  });

  const errorsOf = async (name: string): Promise<string[]> => {
    const answer = await maya.get(
      `/api/catalog/entities/by-name/component/default/${name}/ancestry`,
    );
    const { items = [] } = answer.json();
    return items.flatMap((item: { entity: WithStatus }) =>
      (item.entity.status?.items ?? [])
        .filter(({ level }) => level === 'error')
        .map(({ message }) => message),
    );
  };
  const expectTheRestGoesOn = async () => {
    const other = await create(unique('fine'));
    await other.push({ 'catalog-info.yaml': component(other.name, 'Fine') });
    await untilDescribed(other.name, 'Fine');
    const { status } = await maya.get('/.backstage/health/v1/readiness');
    expect(status).toBe(200);
  };

  const alias = (depth: number) =>
    `a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n${Array.from(
      { length: depth },
      (_, i) =>
        `a${i + 1}: &a${i + 1} [${Array(10).fill(`*a${i}`).join(', ')}]`,
    ).join('\n')}\n`;

  /** What a repository says from one day on, and what must not come of it. */
  const bad: [
    name: string,
    content: (name: string) => string,
    absent: string[],
  ][] = [
    ['malformed YAML', name => `${component(name)}\n  : [unclosed`, []],
    ['no entity', () => 'just: text\n', []],
    ['an alias bomb', name => `${component(name)}\n${alias(12)}`, []],
    [
      'a forged group, user and template',
      name => `${component(name)}
---
apiVersion: backstage.io/v1alpha1
kind: Group
metadata: { name: platform-engineering, annotations: { forged: 'yes' } }
spec: { type: team, children: [], members: [maya.okafor] }
---
apiVersion: backstage.io/v1alpha1
kind: User
metadata: { name: ${name}-admin }
spec: { memberOf: [platform-engineering] }
---
apiVersion: scaffolder.backstage.io/v1beta3
kind: Template
metadata: { name: ${name}-template }
spec: { type: service, steps: [{ id: a, name: A, action: 'debug:log' }] }
`,
      ['user/default/{name}-admin', 'template/default/{name}-template'],
    ],
  ];

  for (const [title, content, absent] of bad) {
    test(`shows what is wrong with ${title}, and goes on`, async () => {
      const name = unique('bad');
      const clone = await create(name);
      await clone.push({ 'catalog-info.yaml': component(name, 'Good') });
      await untilDescribed(name, 'Good');

      await clone.push({ 'catalog-info.yaml': content(name) });
      // The service's page shows the errors of what it comes from.
      let messages: string[] = [];
      await expect
        .poll(
          async () => {
            messages = await errorsOf(name);
            return messages.length;
          },
          { timeout: APPEARS, message: `an error about ${name}` },
        )
        .toBeGreaterThan(0);
      process.stdout.write(`    ${title}: ${messages[0].slice(0, 160)}\n`);

      for (const path of absent) {
        const answer = await maya.get(
          `/api/catalog/entities/by-name/${path.replace('{name}', name)}`,
        );
        expect(answer.status, path).toBe(404);
      }
      const team = (await find('group', 'platform-engineering')).json();
      expect(team.metadata.annotations.forged).toBeUndefined();
      const { identity } = (
        await maya.send('GET', '/api/auth/persona/refresh', {
          headers: { 'x-waymark-persona': 'user:default/maya.okafor' },
        })
      ).json().backstageIdentity;
      expect(identity.ownershipEntityRefs).not.toContain(
        'group:default/platform-engineering',
      );

      await expectTheRestGoesOn();
    });
  }

  test('refuses five megabytes, and goes on', async () => {
    const clone = await create(unique('large'));
    const { name } = clone;
    await clone.push({ 'catalog-info.yaml': component(name, 'Small') });
    await untilDescribed(name, 'Small');

    const text = `"${'x'.repeat(5_000_000)}"`;
    await clone.push({ 'catalog-info.yaml': component(name, text) });
    await expect
      .poll(async () => (await errorsOf(name)).join(), { timeout: APPEARS })
      .toMatch(/4\.8 MiB; an entity may have 3\.0 MiB/);
    expect(await descriptionOf(name)).toBe('Small');
    await expectTheRestGoesOn();
  });
});
