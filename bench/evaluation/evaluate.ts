import { setTimeout as delay } from 'node:timers/promises';
import { LoggerService } from '@backstage/backend-plugin-api';
import { RulesInForce } from '../../plugins/compliance-backend/src/campaigns/RulesInForce';
import { FactCollector } from '../../plugins/compliance-backend/src/facts/FactCollector';
import { createEngine } from '../../plugins/compliance-backend/src/verdicts/createEngine';
import { Evaluator } from '../../plugins/compliance-backend/src/verdicts/Evaluator';
import { ComplianceWork } from '../../plugins/compliance-backend/src/work/ComplianceWork';
import { Worker } from '../../plugins/compliance-backend/src/work/Worker';
import { peakMemory, processMemory } from '../lib/memory';
import { runStep } from '../lib/step';
import { COMPONENTS, openStores } from './database';

const SETTLE_MS = 3_000;

/** What a round took of time, and of all cores together. */
interface Spent {
  seconds: number;
  cpuSeconds: number;
}

const logger: LoggerService = {
  error: message => process.stderr.write(`${message}\n`),
  warn: message => process.stderr.write(`${message}\n`),
  info: () => {},
  debug: () => {},
  child: () => logger,
};

/** Facts are in the database: whoever asks for others measures something else. */
const collector = {
  collect: () => {
    throw new Error('Nothing is collected here');
  },
} as unknown as FactCollector;

runStep(async () => {
  const { knex, ...stores } = await openStores();
  const { index, engine } = await createEngine({});
  const evaluator = new Evaluator(engine);
  const inForce = new RulesInForce(index, stores.campaigns);
  const work = new ComplianceWork(
    { ...stores, knex, logger, collector, evaluator, inForce },
    { every: 21_600, retry: 300 },
  );
  const worker = new Worker(
    'bench',
    stores.work,
    (claims, signal) => work.do(claims, signal),
    logger,
  );
  await stores.work.startWith(index.revision);
  await delay(SETTLE_MS);
  const idleMiB = processMemory(process.pid);

  const evaluateAll = async (): Promise<Spent> => {
    await knex('components').update({
      collect: false,
      collected_at: knex.fn.now(),
      due_at: knex.fn.now(),
      revision: null,
    });
    const begun = performance.now();
    const before = process.cpuUsage();
    await worker.drain(new AbortController().signal);
    const seconds = (performance.now() - begun) / 1000;
    const { user, system } = process.cpuUsage(before);
    const cpuSeconds = (user + system) / 1e6;
    const [{ count }] = await knex('components')
      .where({ revision: index.revision })
      .count();
    if (Number(count) !== COMPONENTS) {
      throw new Error(`${count} of ${COMPONENTS} components were evaluated`);
    }
    return { seconds, cpuSeconds };
  };
  const first = await evaluateAll();
  const again = await evaluateAll();
  const peakMiB = peakMemory(process.pid);
  const outcomes = await knex('verdicts')
    .select('outcome')
    .count()
    .groupBy('outcome');
  await engine.close();
  await knex.destroy();
  return {
    rules: index.rules.length,
    first,
    again,
    idleMiB,
    peakMiB,
    outcomes: Object.fromEntries(
      outcomes.map(({ outcome, count }) => [outcome, Number(count)]),
    ),
  };
});
