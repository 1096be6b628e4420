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
const PRIYA = 'user:default/priya';
const VISITOR = 'user:default/visitor';

describe('actions', () => {
  let forge: TestForge;
  let portal: Portal;
  const invoke = (name: string, input: object, who: Person | null = PRIYA) =>
    portal.post(
      `/.backstage/actions/v1/actions/compliance:${name}/invoke`,
      who,
      input,
    );
  const output = async (name: string, input: object, who: Person = PRIYA) => {
    const { body, status } = await invoke(name, input, who);
    expect(body.error).toBeUndefined();
    expect(status).toBe(200);
    return body.output;
  };

  beforeAll(async () => {
    forge = await startTestForge();
    for (const name of ['basket', 'open-maps']) {
      await forge.repository(name);
      await forge.commit(name, 'README.md', `# ${name}\n`);
    }
    portal = await startPortal({
      forge,
      knex: (await open()).knex,
      entities: [
        group('checkout'),
        service(forge, 'basket'),
        service(forge, 'open-maps', { description: '' }),
      ],
    });
    await portal.run('components');
    await portal.run('work');
  });
  afterAll(async () => {
    await portal.stop();
    await forge.stop();
  });

  it('are listed with what they take, and only read', async () => {
    const { body } = await portal.get('/.backstage/actions/v1/actions', PRIYA);
    expect(
      body.actions.map(
        ({ id, attributes }: { id: string; attributes: object }) => [
          id,
          attributes,
        ],
      ),
    ).toEqual(
      ['read-score', 'list-failing-rules', 'explain-rule'].map(name => [
        `compliance:${name}`,
        { readOnly: true, destructive: false, idempotent: true },
      ]),
    );
    expect(body.actions[0].schema.input.required).toEqual(['entityRef']);
  });

  it('read a score as its page has it', async () => {
    const { body } = await portal.get('/scores/component/default/basket');
    const score = await output('read-score', { entityRef: 'component:basket' });
    expect(score).toMatchObject({
      entityRef: 'component:default/basket',
      score: body.total.score,
      failed: body.total.failed,
    });
    expect(score.tracks).toHaveLength(5);
    expect(score.fixFirst).toHaveLength(5);
    expect(score.fixFirst[0]).toMatchObject({
      severity: 'high',
      fix: expect.any(String),
      findings: [{ message: expect.any(String) }],
    });
  });

  it('list what fails, of a component and of a team', async () => {
    const ids = ({ rules }: { rules: { id: string }[] }) =>
      rules.map(({ id }) => id);
    const basket = ids(
      await output('list-failing-rules', { entityRef: 'component:basket' }),
    );
    expect(basket).toContain('pipeline');
    expect(basket).not.toContain('catalog-fields');

    const owner = 'group:checkout';
    const team = await output('list-failing-rules', { owner });
    const of = (answer: typeof team, id: string) =>
      answer.rules.find((rule: { id: string }) => rule.id === id)?.components;
    expect(of(team, 'catalog-fields')).toEqual(['component:default/open-maps']);
    expect(of(team, 'pipeline')).toHaveLength(2);
    const seen = await output('list-failing-rules', { owner }, VISITOR);
    expect(of(seen, 'pipeline')).toEqual(['component:default/open-maps']);
  });

  it('explain a rule, also about a component', async () => {
    const rule = await output('explain-rule', {
      id: 'catalog-fields',
      entityRef: 'component:open-maps',
    });
    expect(rule).toMatchObject({
      title: 'The catalog says what it is and whose',
      pullRequestOffered: true,
      readme: expect.stringContaining('**Why.**'),
      verdict: {
        outcome: 'fail',
        findings: [{ message: 'metadata.description is missing or empty' }],
      },
    });
    const alone = await output('explain-rule', { id: 'runbook' });
    expect(alone.verdict).toBeUndefined();
  });

  it.each<[string, object, Person | null, number]>([
    ['read-score', { entityRef: 'component:basket' }, VISITOR, 404],
    ['read-score', { entityRef: 'component:none' }, PRIYA, 404],
    ['read-score', { entityRef: 'basket' }, PRIYA, 400],
    ['read-score', {}, PRIYA, 400],
    ['read-score', { entityRef: 'component:basket' }, null, 401],
    ['list-failing-rules', {}, PRIYA, 400],
    ['list-failing-rules', { owner: 'a', entityRef: 'b' }, PRIYA, 400],
    ['explain-rule', { id: 'none' }, PRIYA, 404],
    [
      'explain-rule',
      { id: 'runbook', entityRef: 'component:basket' },
      VISITOR,
      404,
    ],
  ])('%s refuses %j to %s', async (name, input, who, status) => {
    expect((await invoke(name, input, who)).status).toBe(status);
  });
});
