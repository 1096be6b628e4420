import { createHash } from 'node:crypto';
import { Knex } from 'knex';

const DAY = 86_400_000;
const DAYS = 730;
const PATHS = 8;
const TEAMS = 60;
const BATCH = 1_000;

export const serviceRef = (index: number) =>
  `component:default/service-${index}`;
const pathRef = (index: number) => `template:default/path-${index}`;

/** The same number for the same question, from 0 to below 1. */
function chance(of: string): number {
  return createHash('sha256').update(of).digest().readUInt32BE() / 2 ** 32;
}

/**
 * Services, templates and creations as the plugin's own rounds store them.
 *
 * @returns how many creations there are
 */
export async function fill(knex: Knex, services: number): Promise<number> {
  const now = Date.now();
  await knex('templates').insert(
    Array.from({ length: PATHS }, (_, index) => ({
      template_ref: pathRef(index),
      title: `Path ${index}`,
      owner: 'group:default/platform',
      type: 'service',
      version: '1.4.0',
      lifecycle: index === 0 ? 'deprecated' : 'active',
      time_saved_seconds: 28_800,
      first_seen_at: new Date(now - DAYS * DAY),
      is_older: true,
    })),
  );
  const all = Array.from({ length: services }, (_, index) =>
    madeOf(index, now),
  );
  await knex.batchInsert(
    'services',
    all.map(({ service }) => service),
    BATCH,
  );
  const creations = all.flatMap(one => one.creations);
  await knex.batchInsert('creations', creations, BATCH);
  await knex.raw(
    `insert into template_versions (template_ref, version, first_seen_at)
     select distinct template_ref, template_version, now() from services
     where template_version is not null`,
  );
  return creations.length;
}

function madeOf(index: number, now: number) {
  const roll = (of: string) => chance(`${of} ${index}`);
  const madeAt = new Date(now - Math.floor(roll('age') * DAYS * DAY));
  const isGolden = roll('golden') < 0.6;
  const ref = pathRef(Math.floor(roll('path') * PATHS));
  const version = `1.${Math.floor(roll('version') * 5)}.0`;
  const origin: Record<string, string | null> = {
    template_ref: isGolden ? ref : null,
    template_version: isGolden ? version : null,
    first_template_ref: isGolden ? ref : null,
  };
  const service = {
    entity_ref: serviceRef(index),
    title: `Service ${index}`,
    owner: `group:default/team-${Math.floor(roll('team') * TEAMS)}`,
    type: 'service',
    ...origin,
    first_seen_at: madeAt,
    is_older: roll('older') < 0.2,
  };
  const run = (outcome: 'succeeded' | 'failed', number: number) => {
    const queued = madeAt.getTime() - 30_000 - number * 60_000;
    return {
      task_id: uuidOf(`${index} ${number}`),
      template_ref: ref,
      template_version: version,
      inputs: '{}',
      left_out: '[]',
      queued_at: new Date(queued),
      started_at: new Date(queued + 1_000),
      finished_at: new Date(queued + 10_000 + roll('took') * 60_000),
      status: outcome === 'failed' ? 'failed' : 'completed',
      outcome,
      entity_ref: outcome === 'failed' ? null : serviceRef(index),
      failed_step_id: outcome === 'failed' ? 'push' : null,
      failed_step_name: outcome === 'failed' ? 'Push' : null,
    };
  };
  const failures = roll('failures') < 0.1 ? 1 : 0;
  return {
    service,
    creations: isGolden
      ? [
          run('succeeded', 0),
          ...Array.from({ length: failures }, () => run('failed', 1)),
        ]
      : [],
  };
}

function uuidOf(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex');
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    `8${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-');
}
