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
import { addDays, dayOf } from '../database/time';

const open = testDatabases();
const JONAS = 'user:default/jonas';
const MAYA = 'user:default/maya';
const PRIYA = 'user:default/priya';
const VISITOR = 'user:default/visitor';

describe('the end of an exemption', () => {
  let forge: TestForge;
  let portal: Portal;

  beforeAll(async () => {
    forge = await startTestForge();
    portal = await startPortal({
      forge,
      knex: (await open()).knex,
      entities: [group('checkout'), service(forge, 'basket')],
    });
    await portal.run('components');
  });

  afterAll(async () => {
    await portal?.stop();
    await forge?.stop();
  });

  const decide = async (id: string, decision: string, who: Person) => {
    const path = `/exemptions/${id}/decision`;
    const { status, body } = await portal.post(path, who, { decision });
    return { status, words: body.error?.message, state: body.state };
  };
  const approved = async (rule: string): Promise<string> => {
    const { body } = await portal.post('/exemptions', MAYA, {
      entityRef: 'component:default/basket',
      rule,
      reason: 'The Git host moves next month.',
      until: addDays(dayOf(new Date()), 10),
    });
    expect(await decide(body.id, 'end', MAYA)).toMatchObject({ status: 409 });
    expect(await decide(body.id, 'approve', JONAS)).toMatchObject({
      state: 'approved',
    });
    return body.id;
  };

  it('comes early where a member of the group that owns the component says so', async () => {
    const id = await approved('runbook');
    expect(await decide(id, 'end', MAYA)).toMatchObject({
      status: 200,
      state: 'ended',
    });
    expect(portal.audited.at(-1)).toMatchObject({
      eventId: 'exemption-decision',
      ok: true,
      meta: { id, decision: 'end' },
    });
    expect((await portal.get('/exemptions/export')).body).toEqual([]);
    expect(await decide(id, 'end', MAYA)).toMatchObject({ status: 409 });
  });

  it('is not for other teams, and hidden from who may not see the component', async () => {
    const id = await approved('dashboard');
    expect(await decide(id, 'end', PRIYA)).toMatchObject({
      status: 403,
      words: expect.stringContaining('Only members of the group that owns'),
    });
    expect(await decide(id, 'end', VISITOR)).toEqual({
      status: 404,
      words: `There is no exemption ${id}`,
    });
    expect(portal.audited.at(-1)).toMatchObject({ ok: false });
    expect(await decide(id, 'end', JONAS)).toMatchObject({ state: 'ended' });
  });

  it('is all that an owner decides', async () => {
    const { body } = await portal.post('/exemptions', MAYA, {
      entityRef: 'component:default/basket',
      rule: 'paging',
      reason: 'The Git host moves next month.',
      until: dayOf(new Date()),
    });
    for (const decision of ['approve', 'deny']) {
      expect(await decide(body.id, decision, MAYA)).toMatchObject({
        status: 403,
      });
    }
  });
});
