import { ConfigReader } from '@backstage/config';
import { Knex } from 'knex';
import { deployment, pull, push } from '../__testUtils__/github';
import {
  Portal,
  service,
  settle,
  startPortal,
  testDatabases,
} from '../__testUtils__/portal';
import { readConfig } from '../config';
import { saidBy } from './rules';
import { rulesOf } from './rulesOf';

jest.setTimeout(60_000);
const open = testDatabases();

const OWNER = 'group:default/checkout';
const REF = 'component:default/pricing';
const companyOf = (dora: object) =>
  readConfig(new ConfigReader({ dora } as never)).facts;
const production = (text: string) =>
  saidBy({ 'waymark.dev/dora-production-environments': text });

describe('rules', () => {
  it('are the most particular that says anything, and say where they are from', () => {
    const company = { environments: { production: ['company'] } };
    const said = { component: production('own, own-*'), team: production('t') };
    const asked = [
      [{}, undefined],
      [company, undefined],
      [company, { component: {}, team: said.team }],
      [
        {
          ...company,
          overrides: [
            { for: 'Group:checkout', environments: { production: ['o'] } },
          ],
        },
        { component: {}, team: said.team },
      ],
      [company, said],
      [
        {
          overrides: [
            { for: OWNER, environments: { production: ['o'] } },
            { for: REF, environments: { production: ['mine'] } },
            { for: REF, deployments: [] },
          ],
        },
        said,
      ],
    ] as const;
    expect(
      asked.map(([config, own]) => {
        const { rules, from } = rulesOf(
          { entityRef: REF, owner: OWNER, said: own },
          companyOf(config),
        );
        return [rules.production.join(), from.production];
      }),
    ).toEqual([
      [
        'production,production-*,prod,prod-*',
        {
          level: 'default',
          by: 'default',
          name: 'dora.environments.production',
        },
      ],
      [
        'company',
        {
          level: 'company',
          by: 'config',
          name: 'dora.environments.production',
        },
      ],
      [
        't',
        {
          level: 'team',
          by: 'annotation',
          name: 'waymark.dev/dora-production-environments',
          of: OWNER,
        },
      ],
      [
        'o',
        {
          level: 'team',
          by: 'config',
          name: 'dora.overrides.environments.production',
          of: OWNER,
        },
      ],
      ['own,own-*', expect.objectContaining({ level: 'component', of: REF })],
      ['mine', expect.objectContaining({ level: 'component', by: 'config' })],
    ]);
  });

  it('read annotations, and do not hold where they cannot be read', () => {
    const of = (annotations: Record<string, string>) =>
      rulesOf(
        { entityRef: REF, said: { component: saidBy(annotations), team: {} } },
        companyOf({}),
      );
    const name = 'waymark.dev/dora-deployments';
    const good = 'workflow-run:deploy*@main=production, release=production';
    expect(of({ [name]: good }).rules.deployments).toEqual([
      {
        from: 'workflow-run',
        repository: '*',
        workflow: 'deploy*',
        branch: 'main',
        environment: 'production',
      },
      expect.objectContaining({ from: 'release', environment: 'production' }),
    ]);
    expect(of({ [name]: '' }).rules.deployments).toEqual([]);
    const bad = of({ [name]: 'deploy.yaml' });
    expect(bad.problems).toEqual([
      `${name} of ${REF} does not hold: "deploy.yaml" names no workflow run and no release`,
    ]);
    expect(bad.from.deployments.level).toBe('default');
  });

  it.each([
    [{ overrides: [{ for: 'user:default/maya' }] }, /dora.overrides.0.for/],
    [{ overrides: [{ for: REF, colour: 1 }] }, /dora.overrides.0/],
    [{ incidents: { severities: [] } }, /dora.incidents.severities/],
  ])('refuse %j', (config, message) => {
    expect(() => companyOf(config)).toThrow(message);
  });

  describe('in force', () => {
    let knex: Knex;
    let portal: Portal;
    const annotated = (kind: 'Group' | 'Component', said: object) => {
      const component = service('pricing');
      const { annotations } = component.metadata;
      const own = kind === 'Component' ? said : {};
      return [
        {
          ...component,
          metadata: {
            ...component.metadata,
            annotations: { ...annotations, ...own },
          },
          relations: [{ type: 'ownedBy', targetRef: OWNER }],
        },
        {
          apiVersion: 'backstage.io/v1alpha1',
          kind: 'Group',
          metadata: {
            namespace: 'default',
            name: 'checkout',
            annotations: (kind === 'Group' ? said : {}) as never,
          },
          spec: { type: 'team', children: [] },
        },
      ];
    };
    const list = async (what: string) => {
      const { body } = await portal.get(
        `/${what}?entityRef=${REF}&from=2026-09-01&to=2026-11-01`,
      );
      expect(body.error).toBeUndefined();
      return body.items;
    };
    const follow = async (...[kind, said]: Parameters<typeof annotated>) => {
      portal.state.entities = annotated(kind, said);
      await portal.run('components');
      await settle(knex, portal);
    };

    beforeAll(async () => {
      knex = await open();
      portal = await startPortal({ knex, entities: annotated('Group', {}) });
      let n = 0;
      for (const payload of [
        push(0, [1]),
        push(5, [21], { branch: 'hotfix/1', before: 1 }),
        pull(5, 9, { head: 21, merge: 21, base: 'hotfix/1' }),
        deployment(9, 1, 21, 'success', { environment: 'live' }),
        push(20, [2], { before: 1 }),
        pull(20, 7, { head: 2, merge: 2, labels: ['chore'] }),
      ]) {
        n += 1;
        await portal.deliver(payload, `delivery-${n}`);
      }
      await settle(knex, portal);
    });
    afterAll(() => portal.stop());

    it('are those of the team, and follow its annotation', async () => {
      const isProduction = async () =>
        (await list('deployments')).map(
          (one: { production: boolean }) => one.production,
        );
      await follow('Group', {});
      expect(await isProduction()).toEqual([false]);
      await follow('Group', {
        'waymark.dev/dora-production-environments': 'live',
      });
      expect(await isProduction()).toEqual([true]);
    });

    it('take in a hotfix branch, and leave a label out', async () => {
      const changes = async () =>
        (await list('changes')).map(
          ({ number, title }: { number?: number; title: string }) =>
            number ?? title,
        );
      await follow('Component', {});
      expect(await changes()).toEqual([7, 'Commit 1']);
      await follow('Component', {
        'waymark.dev/dora-change-branches': 'hotfix/*',
        'waymark.dev/dora-except-labels': 'Chore',
        'waymark.dev/dora-production-environments': 'live',
      });
      expect(await changes()).toEqual([9, 'Commit 1']);
      const [hotfix] = await list('changes');
      expect(hotfix).toMatchObject({ pathsKnown: true });
      expect(hotfix.deployedAt).toBeDefined();
    });
  });
});
