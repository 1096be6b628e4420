import { Knex } from 'knex';
import { component, testDatabases } from '../__testUtils__/database';
import { Stores } from '../stores';
import { DatabaseWorkStore } from './DatabaseWorkStore';
import { Claim } from './WorkStore';

const open = testDatabases();

describe('DatabaseWorkStore', () => {
  let stores: Stores & { knex: Knex };
  let work: DatabaseWorkStore;

  const names = (claims: Claim[]) =>
    claims.map(({ entityRef }) => entityRef.split('/')[1]).sort();
  const finish = (claims: Claim[], collected = true) =>
    stores.knex.transaction(async trx => {
      const held = await work.lock(trx, claims);
      await work.finish(
        trx,
        held.map(claim => ({
          claim,
          revision: 'r1',
          basis: { catalog: 'c1' },
          collected,
          nextInSeconds: 3600,
        })),
      );
      return held;
    });
  const pass = (seconds: number) =>
    stores.knex('components').update({
      due_at: stores.knex.raw(`due_at - ? * interval '1 second'`, [seconds]),
      claimed_until: stores.knex.raw(
        `claimed_until - ? * interval '1 second'`,
        [seconds],
      ),
      collected_at: stores.knex.raw(`collected_at - ? * interval '1 second'`, [
        seconds,
      ]),
    });

  beforeEach(async () => {
    stores = await open();
    work = new DatabaseWorkStore(stores.knex, 30);
    await stores.components.save([
      component('a', { repository: 'host/x/one' }),
      component('b', { repository: 'host/x/one', branch: 'main' }),
      component('c', { repository: 'host/x/two', branch: 'next' }),
    ]);
  });

  it('gives each component to one worker, and to the next when its lease is over', async () => {
    const claimed = await Promise.all(
      Array.from({ length: 6 }, (_, i) => work.claim(`w${i}`, { limit: 1 })),
    );
    expect(names(claimed.flat())).toEqual(['a', 'b', 'c']);
    expect(await work.claim('late', { limit: 9 })).toEqual([]);

    await pass(31);
    const again = await work.claim('other', { limit: 9 });
    expect(names(again)).toEqual(['a', 'b', 'c']);
    // What the first workers bring now is not wanted any more.
    expect(await finish(claimed.flat())).toEqual([]);
    expect(await finish(again)).toHaveLength(3);
    expect(await work.claim('w', { limit: 9 })).toEqual([]);
  });

  it('holds what is renewed', async () => {
    const claims = await work.claim('w', { limit: 9 });
    await pass(20);
    await work.renew(claims);
    await pass(20);
    expect(await work.claim('other', { limit: 9 })).toEqual([]);
    expect(await finish(claims)).toHaveLength(3);
  });

  it('is due again after a while, or when it is asked for meanwhile', async () => {
    const claims = await work.claim('w', { limit: 9 });
    await work.want(
      { entityRefs: ['component:default/b'] },
      { collect: false, urgent: true },
    );
    await finish(claims);
    const again = await work.claim('w', { limit: 9 });
    expect(names(again)).toEqual(['b']);
    expect(again[0]).toMatchObject({
      revision: 'r1',
      basis: { catalog: 'c1' },
    });
    await finish(again);
    await pass(3601);
    expect(await work.claim('w', { limit: 9 })).toHaveLength(3);
  });

  it('judges again without collecting, and collects when that is due', async () => {
    await finish(await work.claim('w', { limit: 9 }));
    await pass(1800);
    await work.want(
      { entityRefs: ['component:default/a'] },
      { collect: false, urgent: false },
    );
    expect(await work.claim('w', { limit: 9, collect: true })).toEqual([]);
    const claims = await work.claim('w', { limit: 9, collect: false });
    expect(names(claims)).toEqual(['a']);
    await finish(claims, false);
    await pass(1700);
    expect(await work.claim('w', { limit: 9 })).toEqual([]);
    await pass(101);
    const due = await work.claim('w', { limit: 9, collect: true });
    expect(names(due)).toEqual(['a', 'b', 'c']);
  });

  it('does not forget to collect for a mere judgement', async () => {
    const want = { entityRefs: ['component:default/a'] };
    await work.want(want, { collect: false, urgent: false });
    expect(await work.claim('w', { limit: 9, collect: true })).toHaveLength(3);
  });

  it('finds the components of a branch of a repository, and does them first', async () => {
    await finish(await work.claim('w', { limit: 9 }));
    const want = (repository: string, name: string, isDefault: boolean) =>
      work.want(
        { repository, branch: { name, isDefault } },
        { collect: true, urgent: true },
      );
    expect(await want('host/x/one', 'main', true)).toHaveLength(2);
    expect(await want('host/x/one', 'feature', false)).toHaveLength(0);
    expect(await want('host/x/two', 'main', true)).toHaveLength(0);
    const [id] = await want('host/x/two', 'next', false);
    await work.want(
      { entityRefs: ['component:default/a'] },
      { collect: true, urgent: false },
    );
    expect(names(await work.claim('w', { limit: 1, ids: [id] }))).toEqual([
      'c',
    ]);
  });

  it('asks for what other rules have judged, until newer rules are in force', async () => {
    await work.startWith('r1');
    await finish(await work.claim('w', { limit: 9 }));
    await work.startWith('r1');
    expect(await work.claim('w', { limit: 9 })).toEqual([]);
    await work.startWith('r2');
    const claims = await work.claim('w', { limit: 9, collect: false });
    expect(claims).toHaveLength(3);
    await finish(claims);
    // The process with the old rules is still there, and leaves it be.
    await work.wantOutdated('r0');
    expect(await work.claim('w', { limit: 9 })).toEqual([]);
    await work.wantOutdated('r2');
    expect(await work.claim('w', { limit: 9 })).toHaveLength(3);
  });

  it('leaves out what is given up and what left the catalog', async () => {
    const claims = await work.claim('w', { limit: 9 });
    await work.abandon(claims, 60);
    expect(await work.claim('w', { limit: 9 })).toEqual([]);
    await stores.components.retain(['component:default/a']);
    await pass(61);
    expect(names(await work.claim('w', { limit: 9 }))).toEqual(['a']);
  });
});
