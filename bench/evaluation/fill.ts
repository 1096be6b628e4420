import { Part, PARTS } from '@waymark/backstage-plugin-compliance-common';
import { known } from '../../plugins/compliance-backend/src/facts/Collected';
import { Fact } from '../../plugins/compliance-backend/src/facts/FactStore';
import { runStep } from '../lib/step';
import { COMPONENTS, openStores } from './database';
import { readRepositories } from './repositories';

const BATCH = 100;
const BYTES_PER_MIB = 1024 * 1024;

/** Puts components and what is known of them into the database. */
runStep(async () => {
  const repositories = (await readRepositories()).map(({ name, facts }) => ({
    name,
    parts: PARTS.map(part => [part, JSON.stringify(facts[part])] as const),
  }));
  const { components, facts, knex } = await openStores();
  for (let first = 0; first < COMPONENTS; first += BATCH) {
    const batch = Array.from(
      { length: Math.min(BATCH, COMPONENTS - first) },
      (_, index) => {
        const number = first + index;
        const { name, parts } = repositories[number % repositories.length];
        return { number, parts, name, own: `${name}-${number}` };
      },
    );
    await components.save(
      batch.map(({ own, number }) => ({
        entityRef: `component:default/${own}`,
        title: own,
        owner: `group:default/team-${number % 50}`,
        system: `system:default/system-${number % 100}`,
        etag: own,
      })),
    );
    const ids: Map<string, number> = new Map(
      (await knex('components').select('title', 'id')).map(row => [
        row.title,
        row.id,
      ]),
    );
    await knex.transaction(async trx =>
      facts.save(
        trx,
        batch.flatMap(({ own, name, number, parts }) =>
          parts.map(([part, text]) => ({
            id: ids.get(own)!,
            fact: factOf(part, text.replaceAll(name, own), number),
          })),
        ),
      ),
    );
  }
  const [{ bytes }] = await knex('facts').select(
    knex.raw('sum(length(data))::float as bytes'),
  );
  await knex.destroy();
  return { repositories: repositories.length, factsMiB: bytes / BYTES_PER_MIB };
});

/** Every third lacks its runbook, so that rules have something to say. */
function factOf(part: Part, text: string, number: number): Fact {
  const data = JSON.parse(text);
  if (part === 'repository' && number % 3 === 0) {
    data.files = data.files.filter(
      ({ path }: { path: string }) => path !== 'docs/runbook.md',
    );
  }
  return known(part, data, { source: 'bench' });
}
