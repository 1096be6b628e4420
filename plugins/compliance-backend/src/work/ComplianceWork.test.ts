import { mockServices } from '@backstage/backend-test-utils';
import { Facts, Rule } from '@waymark/backstage-plugin-compliance-common';
import { PolicyEngine } from '@waymark/backstage-plugin-compliance-node';
import { Knex } from 'knex';
import { component, testDatabases } from '../__testUtils__/database';
import { RulesInForce } from '../campaigns/RulesInForce';
import { known, unknown } from '../facts/Collected';
import { FactCollector } from '../facts/FactCollector';
import { Stores } from '../stores';
import { Evaluator } from '../verdicts/Evaluator';
import { ComplianceWork } from './ComplianceWork';
import { Worker } from './Worker';

const open = testDatabases();
const rule: Rule = {
  id: 'described',
  title: 'Described',
  description: 'It has a description',
  severity: 'high',
  track: 'ownership',
  level: 'bronze',
  input: 'catalog',
  needs: ['catalog'],
  why: 'People',
  fix: 'Write one',
  readme: '',
};
const logger = mockServices.logger.mock();

describe('workers', () => {
  let stores: Stores & { knex: Knex };
  const collect = jest.fn();
  const evaluate = jest.fn();

  const worker = (name: string, collecting = 3) => {
    const engine: PolicyEngine = {
      kind: 'wasm',
      evaluate,
      close: async () => {},
    };
    const compliance = new ComplianceWork(
      {
        ...stores,
        logger,
        collector: { collect } as unknown as FactCollector,
        evaluator: new Evaluator(engine),
        inForce: new RulesInForce(
          { revision: 'r1', rules: [rule] },
          stores.campaigns,
        ),
      },
      { every: 3600, retry: 300 },
    );
    return new Worker(
      name,
      stores.work,
      (claims, signal) => compliance.do(claims, signal),
      logger,
      { collecting, judging: 1, batch: 10 },
    );
  };
  const drain = (...workers: Worker[]) =>
    Promise.all(workers.map(one => one.drain(new AbortController().signal)));
  const outcomeOf = async (name: string) => {
    const standing = await stores.verdicts.standing(
      `component:default/${name}`,
    );
    return standing?.verdicts[0]?.outcome;
  };
  const dueInSeconds = async (name: string) => {
    const { seconds } = await stores
      .knex('components')
      .where({ entity_ref: `component:default/${name}` })
      .first(
        stores.knex.raw('extract(epoch from due_at - now())::int as seconds'),
      );
    return seconds as number;
  };

  beforeEach(async () => {
    stores = await open();
    collect
      .mockReset()
      .mockImplementation(async () => [
        known('catalog', { entity: { metadata: { description: 'x' } } }),
      ]);
    evaluate.mockReset().mockImplementation(async (json: string) => {
      const { catalog }: Facts = JSON.parse(json);
      return {
        described: {
          applies: true,
          deny: catalog?.entity.metadata ? [] : [{ msg: 'none' }],
        },
      };
    });
    logger.error.mockClear();
  });
  const add = (...names: string[]) =>
    stores.components.save(names.map(name => component(name)));

  it('never do the same component at a time', async () => {
    const names = Array.from({ length: 30 }, (_, i) => `c${i}`);
    await add(...names);
    const under = new Set<string>();
    let twice = 0;
    collect.mockImplementation(async (ref: string) => {
      if (under.has(ref)) twice += 1;
      under.add(ref);
      await new Promise(resolve => setTimeout(resolve, 5));
      under.delete(ref);
      return [known('catalog', { entity: { metadata: {} } })];
    });
    const [one, other] = [worker('one'), worker('other')];
    const { rows } = await stores.knex.raw('select id from components');
    const ids = rows.map(({ id }: { id: number }) => id);
    // An event wakes one of them meanwhile.
    await Promise.all([drain(one, other), one.wake(ids), other.wake(ids)]);
    expect(twice).toBe(0);
    expect(collect).toHaveBeenCalledTimes(30);
    expect(await outcomeOf('c7')).toBe('pass');
  });

  it('are refused what they bring after their lease, and the newer stays', async () => {
    await add('a');
    let goOn = () => {};
    const stopped = new Promise<void>(resolve => {
      goOn = resolve;
    });
    collect.mockImplementationOnce(async () => {
      await stopped;
      return [known('catalog', { entity: {} })];
    });
    const slow = drain(worker('slow', 1));
    while (collect.mock.calls.length === 0) {
      await new Promise(resolve => setTimeout(resolve, 10));
    }
    await stores.knex('components').update({
      claimed_until: stores.knex.raw(`now() - interval '1 second'`),
    });
    await drain(worker('quick'));
    expect(await outcomeOf('a')).toBe('pass');
    goOn();
    await slow;
    expect(await outcomeOf('a')).toBe('pass');
    expect(logger.warn).toHaveBeenCalledWith(
      expect.stringContaining('another worker'),
    );
  });

  it('do a component again that was asked for while it was done', async () => {
    await add('a');
    collect.mockImplementationOnce(async ref => {
      await stores.work.want(
        { entityRefs: [ref] },
        { collect: true, urgent: true },
      );
      return [known('catalog', { entity: {} })];
    });
    await drain(worker('w'));
    expect(collect).toHaveBeenCalledTimes(2);
    expect(await outcomeOf('a')).toBe('pass');
    expect(await dueInSeconds('a')).toBeGreaterThan(3000);
  });

  it('say what is not known, and try again before long', async () => {
    await add('a');
    collect.mockImplementation(async () => [unknown('catalog', 'No\0 answer')]);
    await drain(worker('w'));
    expect(await outcomeOf('a')).toBe('unknown');
    expect(await dueInSeconds('a')).toBeLessThan(310);
  });

  it('give up one that breaks them, and do the others', async () => {
    await add('a', 'b', 'c');
    await drain(worker('w'));
    await stores.work.want(
      { entityRefs: ['a', 'b', 'c'].map(name => `component:default/${name}`) },
      { collect: false, urgent: false },
    );
    const broken = await stores
      .knex('components')
      .where({ entity_ref: 'component:default/b' })
      .first('id');
    await stores
      .knex('facts')
      .where({ component_id: broken.id })
      .update({ data: Buffer.from('no zstd') });
    await stores.knex('verdicts').delete();
    await drain(worker('w'));
    expect(await outcomeOf('a')).toBe('pass');
    expect(await outcomeOf('c')).toBe('pass');
    expect(await outcomeOf('b')).toBeUndefined();
    expect(logger.error).toHaveBeenCalledTimes(1);
    expect(await dueInSeconds('b')).toBeGreaterThan(30);
  });

  it('leave what they have begun to others when they stop', async () => {
    await add('a');
    const one = worker('one', 1);
    collect.mockImplementationOnce(() => new Promise(() => {}));
    const draining = drain(one);
    while (collect.mock.calls.length === 0) {
      await new Promise(resolve => setTimeout(resolve, 10));
    }
    one.stop();
    await draining;
    const claims = await stores.work.claim('other', { limit: 9 });
    expect(claims).toHaveLength(1);
  });
});
