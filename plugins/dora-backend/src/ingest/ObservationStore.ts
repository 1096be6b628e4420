import { hash } from 'node:crypto';
import { Observation } from '@waymark/backstage-plugin-dora-node';
import { storableData } from '@waymark/backstage-plugin-insights-node';
import { Knex } from 'knex';
import { arrayLiteral, textArray } from '../database/textArray';

/** An observation that is kept. */
export interface Kept {
  /** The same for the same content: it orders what time does not. */
  key: string;
  observation: Observation;
}

/** Where the observations of a unit are found. */
export interface UnitScope {
  unit: string;
  entityRefs: readonly string[];
  services: readonly string[];
}

/** How soon facts are made: of what happens now before all else, or within a while. */
export type Soon = 'live' | { seconds: number };

/** What deliveries say, each once. */
export interface ObservationStore {
  /** Adds what is new, and has facts made of it. */
  add(
    trx: Knex.Transaction,
    said: readonly { inboxId: string; observation: Observation }[],
    soon?: Soon,
  ): Promise<void>;
  /** All that may say something about the components of a unit. */
  of(scope: UnitScope): Promise<Kept[]>;
}

/** What is sent of each. */
const COLUMNS = [
  'key',
  'inbox_id',
  'repository',
  'entity_refs',
  'service',
  'data',
];

/** {@link ObservationStore} in PostgreSQL. */
export class DatabaseObservationStore implements ObservationStore {
  constructor(private readonly knex: Knex) {}

  async add(
    trx: Knex.Transaction,
    said: readonly { inboxId: string; observation: Observation }[],
    soon: Soon = 'live',
  ): Promise<void> {
    const rows = new Map<string, (string | null)[]>();
    for (const { inboxId, observation } of said) {
      const { data, text, key } = storableOf(observation);
      const { repository, entity_refs: refs, service } = placeOf(data);
      rows.set(key, [
        key,
        inboxId,
        repository ?? null,
        refs ? arrayLiteral(refs) : null,
        service ?? null,
        text,
      ]);
    }
    if (rows.size === 0) return;
    // In one order, so that workers who add the same wait and do not block.
    const all = [...rows.keys()].sort().map(key => rows.get(key)!);
    // A component that is added meanwhile finds them, or is found by them.
    await trx.raw(`select pg_advisory_xact_lock_shared(hashtext('dora'))`);
    const { rows: added } = await trx.raw(
      `with added as (
         insert into observations (key, inbox_id, repository, entity_refs, service, data)
         select key, inbox_id::bigint, repository, entity_refs::text[], service, data::json
         from unnest(${COLUMNS.map(() => '?::text[]').join(', ')})
           as said (${COLUMNS.join(', ')})
         on conflict do nothing
         returning repository, entity_refs, service
       )
       select distinct repository, entity_refs, service from added`,
      COLUMNS.map((_, i) => textArray(all.map(row => row[i]))),
    );
    await wantUnitsOf(trx, added, soon);
  }

  async of({ unit, entityRefs, services }: UnitScope): Promise<Kept[]> {
    const { rows } = await this.knex.raw<{ rows: StoredRow[] }>(
      `select key, data from observations where repository = ?
       union all
       select key, data from observations where entity_refs && ?::text[]
       union all
       select key, data from observations where service = any(?::text[])`,
      [unit, [...entityRefs], [...services]],
    );
    const found = new Map(rows.map(({ key, data }) => [key, data]));
    for (const { key, data } of await this.sameIncidents(rows)) {
      found.set(key, data);
    }
    return [...found].map(([key, observation]) => ({ key, observation }));
  }

  /** An incident may have gone on elsewhere. */
  private async sameIncidents(rows: StoredRow[]): Promise<StoredRow[]> {
    const marks = new Set(rows.flatMap(({ data }) => incidentMark(data) ?? []));
    if (marks.size === 0) return [];
    return this.knex('observations')
      .whereRaw('entity_refs && ?::text[]', [[...marks]])
      .select('key', 'data');
  }
}

interface StoredRow {
  key: string;
  data: Observation;
}

/** What PostgreSQL refuses, as JSON has it. */
const SUSPECT = /\\u(0000|d[89a-f])/;

function storableOf(observation: Observation) {
  let data = observation;
  let text = canonical(data);
  if (SUSPECT.test(text)) {
    data = storableData(data);
    text = canonical(data);
  }
  return { data, text, key: hash('sha256', text) };
}

/** The same for the same content, in whatever order it is written. */
export function keyOf(observation: Observation): string {
  return hash('sha256', canonical(observation));
}

/** JSON whose keys are in order: they are names, which objects keep in theirs. */
function canonical(value: unknown): string {
  return JSON.stringify(inOrder(value));
}

function inOrder(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(inOrder);
  const of = value as Record<string, unknown>;
  const ordered: Record<string, unknown> = {};
  for (const key of Object.keys(of).sort()) ordered[key] = inOrder(of[key]);
  return ordered;
}

interface Place {
  repository?: string | null;
  entity_refs?: string[] | null;
  service?: string | null;
}

function placeOf(observation: Observation): Place {
  const { repository, entityRefs, service } = observation as {
    repository?: string;
    entityRefs?: string[];
    service?: string;
  };
  const mark = incidentMark(observation);
  return {
    repository,
    entity_refs: mark ? [...(entityRefs ?? []), mark] : entityRefs,
    service,
  };
}

/** Found with the references of components; none of those begins like this. */
const MARK = 'an incident:';

function incidentMark(observation: Observation): string | undefined {
  if (observation.kind !== 'incident') return undefined;
  const { source, externalId } = observation;
  return `${MARK}${JSON.stringify([source, externalId])}`;
}

/** Where else an incident was seen: facts change there as well. */
async function elsewhere(
  trx: Knex.Transaction,
  places: readonly Place[],
): Promise<Place[]> {
  const marks = places
    .flatMap(({ entity_refs: of }) => of ?? [])
    .filter(ref => ref.startsWith(MARK));
  if (marks.length === 0) return [];
  return trx('observations')
    .whereRaw('entity_refs && ?::text[]', [marks])
    .distinct('repository', 'entity_refs', 'service');
}

async function wantUnitsOf(
  trx: Knex.Transaction,
  added: readonly Place[],
  soon: Soon,
) {
  if (added.length === 0) return;
  const places = [...added, ...(await elsewhere(trx, added))];
  const refs = places.flatMap(({ entity_refs: of }) => of ?? []);
  const services = places.flatMap(({ service }) => service ?? []);
  const found: { unit: string }[] =
    refs.length + services.length === 0
      ? []
      : await trx('components')
          .distinct('unit')
          .whereRaw('entity_ref = any(?) or services && ?::text[]', [
            refs,
            services,
          ]);
  await wantUnits(
    trx,
    [
      ...places.flatMap(({ repository }) => repository ?? []),
      ...found.map(({ unit }) => unit),
    ],
    soon,
  );
}

/** Has the facts of some units made anew. */
export async function wantUnits(
  trx: Knex.Transaction,
  units: readonly string[],
  soon: Soon,
): Promise<void> {
  if (units.length === 0) return;
  const isLive = soon === 'live';
  await trx.raw(
    `insert into units (id, due_at, live_at)
     select distinct id, now() + ? * interval '1 second',
       case when ? then now() end
     from unnest(?::text[]) as wanted (id) order by id
     on conflict (id) do update set
       wanted = units.wanted + 1, waiting = true, attempts = 0,
       due_at = case when units.waiting
         then least(units.due_at, excluded.due_at) else excluded.due_at end,
       live_at = coalesce(excluded.live_at, units.live_at)`,
    [isLive ? 0 : soon.seconds, isLive, [...units]],
  );
}
