import { createHash } from 'node:crypto';
import { Observation } from '@waymark/backstage-plugin-dora-node';
import { Knex } from 'knex';
import { storableData } from '../database/storable';

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

/** What deliveries say, each once. */
export interface ObservationStore {
  /** Adds what is new, and has facts made of it, at the latest after so long. */
  add(
    trx: Knex.Transaction,
    said: readonly { inboxId: string; observation: Observation }[],
    seconds?: number,
  ): Promise<void>;
  /** All that may say something about the components of a unit. */
  of(scope: UnitScope): Promise<Kept[]>;
}

/** {@link ObservationStore} in PostgreSQL. */
export class DatabaseObservationStore implements ObservationStore {
  constructor(private readonly knex: Knex) {}

  async add(
    trx: Knex.Transaction,
    said: readonly { inboxId: string; observation: Observation }[],
    seconds = 0,
  ): Promise<void> {
    const rows = new Map<string, object>();
    for (const { inboxId, observation } of said) {
      const data = storableData(observation);
      const key = keyOf(data);
      rows.set(key, { key, inbox_id: inboxId, ...placeOf(data), data });
    }
    if (rows.size === 0) return;
    // A component that is added meanwhile finds them, or is found by them.
    await trx.raw(`select pg_advisory_xact_lock_shared(hashtext('dora'))`);
    // In one order, so that workers who add the same wait and do not block.
    const { rows: added } = await trx.raw(
      `insert into observations (key, inbox_id, repository, entity_refs, service, data)
       select key, inbox_id, repository, entity_refs, service, data
       from jsonb_to_recordset(?) as said (
         key text, inbox_id bigint, repository text, entity_refs text[],
         service text, data jsonb
       )
       order by key
       on conflict do nothing
       returning repository, entity_refs, service`,
      [JSON.stringify([...rows.values()])],
    );
    await wantUnitsOf(trx, added, seconds);
  }

  async of({ unit, entityRefs, services }: UnitScope): Promise<Kept[]> {
    const { rows } = await this.knex.raw<{ rows: StoredRow[] }>(
      `select key, data from observations where repository = ?
       union
       select key, data from observations where entity_refs && ?::text[]
       union
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

/** The same for the same content, in whatever order it is written. */
export function keyOf(observation: Observation): string {
  return createHash('sha256').update(canonical(observation)).digest('hex');
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, inner) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(
          Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)),
        )
      : inner,
  );
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
  seconds: number,
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
    seconds,
  );
}

/** Has the facts of some units made anew, at the latest after so many seconds. */
export async function wantUnits(
  trx: Knex.Transaction,
  units: readonly string[],
  seconds = 0,
): Promise<void> {
  if (units.length === 0) return;
  await trx.raw(
    `insert into units (id, due_at)
     select distinct id, now() + ? * interval '1 second'
     from unnest(?::text[]) as wanted (id) order by id
     on conflict (id) do update set
       wanted = units.wanted + 1, waiting = true, attempts = 0,
       due_at = case when units.waiting
         then least(units.due_at, excluded.due_at) else excluded.due_at end`,
    [seconds, [...units]],
  );
}
