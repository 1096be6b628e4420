import { Knex } from 'knex';
import { deployment, push } from '../__testUtils__/github';
import {
  Portal,
  service,
  settle,
  startPortal,
  testDatabases,
} from '../__testUtils__/portal';

jest.setTimeout(60_000);
const open = testDatabases();

describe('open pages', () => {
  let knex: Knex;
  let portal: Portal;

  beforeEach(async () => {
    knex = await open();
    portal = await startPortal({ knex, entities: [service('pricing')] });
  });
  afterEach(() => portal.stop());

  const heard = (channel: string) =>
    portal.told.filter(signal => signal.channel === channel);

  it('hear of what was read, and of metrics only when they are others', async () => {
    await portal.deliver({ event: 'star', body: {} }, 'a');
    await settle(knex, portal);
    expect(heard('dora:received')).toHaveLength(1);
    expect(heard('dora:changed')).toEqual([]);
    await portal.run('components');
    await portal.deliver(push(0, [1]), 'b');
    await portal.deliver(deployment(5, 7, 1, 'success'), 'c');
    await settle(knex, portal);
    expect(heard('dora:changed')).not.toEqual([]);
  });

  it('hear no name of a component, repository or person', async () => {
    await portal.run('components');
    await portal.deliver(push(0, [1]), 'a');
    await settle(knex, portal);
    expect(heard('dora:changed')).not.toEqual([]);
    for (const { message } of portal.told) expect(message).toEqual({});
  });
});
