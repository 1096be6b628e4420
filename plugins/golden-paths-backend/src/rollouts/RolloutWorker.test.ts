import { mockServices } from '@backstage/backend-test-utils';
import { RolloutWorker } from './RolloutWorker';
import { Claim } from './RolloutWork';

/** Still being made when all others have found nothing more to do. */
const LAST = 'last';

type Services = ConstructorParameters<typeof RolloutWorker>[0];

const claimOf = (entityRef: string) =>
  ({
    entityRef,
    attempts: 1,
    rollout: { id: 'one', version: '2.0.0', reason: 'A hole' },
  } as Claim);

/** A worker, and how many upgrades it makes at the same time in each batch. */
function startWorker(batches: string[][]) {
  const due: string[] = [];
  const most: number[] = [];
  let making = 0;
  const next = () => {
    const batch = batches.shift();
    if (!batch) return;
    most.push(0);
    due.push(...batch);
  };
  const services = {
    announcer: { opened: async () => {}, asks: async () => {} },
    auditor: mockServices.auditor.mock({
      createEvent: async () => ({
        success: async () => {},
        fail: async () => {},
      }),
    }),
    logger: mockServices.logger.mock(),
    portalUrl: 'http://localhost',
    snoozes: { of: async () => undefined },
    store: {
      leaveOutStopped: async () => {},
      underWay: async () => ['one'],
      step: async () => {
        if (due.length === 0 && making === 0) next();
        return { rollout: {}, step: 'nothing' };
      },
    },
    upgrades: {
      order: async ({ entityRef }: { entityRef: string }) => {
        making += 1;
        most[most.length - 1] = Math.max(most[most.length - 1], making);
        for (let turn = 0; turn < (entityRef === LAST ? 9 : 1); turn++) {
          await new Promise(setImmediate);
        }
        making -= 1;
        return { result: 'opened', upgrade: {} };
      },
    },
    upgradeStore: { list: async () => [] },
    work: {
      take: async () => {
        const entityRef = due.shift();
        return entityRef && claimOf(entityRef);
      },
      renew: async () => {},
      finish: async () => true,
      abandon: async () => {},
    },
  };
  return { worker: new RolloutWorker(services as unknown as Services), most };
}

describe('a worker of rollouts', () => {
  it('makes several at a time, also in later batches', async () => {
    const names = ['a', 'b', 'c', 'd', 'e', LAST];
    const { worker, most } = startWorker([['canary'], names, names]);
    await worker.drain();
    expect(most).toEqual([1, 3, 3]);
  });
});
