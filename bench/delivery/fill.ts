import { runStep } from '../lib/step';
import { openDora, SIZE, timed } from './database';
import { fillFacts } from './facts';

/** Puts facts into the database in bulk. */
runStep(async () => {
  const knex = await openDora();
  const seconds = await timed(() => fillFacts(knex, SIZE));
  await knex.raw('vacuum analyze');
  const count = async (table: string) =>
    Number((await knex(table).count().first())!.count);
  const [deployments, changes, incidents] = await Promise.all(
    ['deployments', 'changes', 'incidents'].map(count),
  );
  await knex.destroy();
  return { seconds, deployments, changes, incidents };
});
