import { Knex } from 'knex';
import { wantUnits } from '../ingest/ObservationStore';
import { RULES, Said } from '../rules/rules';

/** A component of the catalog. */
export interface Component {
  entityRef: string;
  /** Its repository, or itself where it has none. */
  unit: string;
  /** `host/owner/name` in small letters. */
  repository?: string;
  /** Folder in the repository; empty for all of it. */
  path: string;
  /** What sources of incidents call it. */
  services: string[];
  /** Reference of its team; left out where none owns it. */
  owner?: string;
  /** What its entity and its team's say of what counts. */
  said?: { component: Said; team: Said };
}

/** The components that facts are about. */
export interface ComponentStore {
  /** Takes over which there are; facts are made anew for those that changed. */
  replace(components: readonly Component[]): Promise<void>;
  /** In the order of their references. */
  of(unit: string): Promise<Component[]>;
  /** Where components have their files; each repository once. */
  repositories(): Promise<string[]>;
  /** One of them. */
  find(entityRef: string): Promise<Component | undefined>;
}

interface Row {
  entity_ref: string;
  unit: string;
  repository: string | null;
  path: string;
  services: string[];
  owner: string | null;
  said: { component?: Said; team?: Said };
}

/** {@link ComponentStore} in PostgreSQL. */
export class DatabaseComponentStore implements ComponentStore {
  constructor(private readonly knex: Knex) {}

  async replace(components: readonly Component[]): Promise<void> {
    await this.knex.transaction(async trx => {
      // What is delivered meanwhile finds these, or is found by them.
      await trx.raw(`select pg_advisory_xact_lock(hashtext('dora'))`);
      const rows: Row[] = await trx('components').select();
      const before = new Map(
        rows.map(row => [row.entity_ref, toComponent(row)]),
      );
      const now = new Map(components.map(one => [one.entityRef, one]));
      const changed = components.filter(
        one => !isSame(one, before.get(one.entityRef)),
      );
      const gone = [...before.values()].filter(
        ({ entityRef }) => !now.has(entityRef),
      );
      await trx('components')
        .whereRaw('entity_ref = any(?)', [
          [...changed, ...gone].map(({ entityRef }) => entityRef),
        ])
        .delete();
      await trx.batchInsert('components', changed.map(toRow), 1_000);
      const units = [
        ...[...changed, ...gone].map(({ unit }) => unit),
        ...changed.flatMap(
          ({ entityRef }) => before.get(entityRef)?.unit ?? [],
        ),
      ];
      await wantUnits(trx, units, { seconds: 0 });
    });
  }

  async of(unit: string): Promise<Component[]> {
    const rows: Row[] = await this.knex('components')
      .where({ unit })
      .orderByRaw('entity_ref collate "C"');
    return rows.map(toComponent);
  }

  async find(entityRef: string): Promise<Component | undefined> {
    const row: Row | undefined = await this.knex('components')
      .where({ entity_ref: entityRef })
      .first();
    return row && toComponent(row);
  }

  async repositories(): Promise<string[]> {
    const rows: { repository: string }[] = await this.knex('components')
      .distinct('repository')
      .whereNotNull('repository')
      .orderBy('repository');
    return rows.map(({ repository }) => repository);
  }
}

function isSame(one: Component, other?: Component): boolean {
  return (
    other !== undefined &&
    one.unit === other.unit &&
    one.path === other.path &&
    JSON.stringify(one.services) === JSON.stringify(other.services) &&
    one.owner === other.owner &&
    RULES.every(
      name =>
        one.said?.component[name] === other.said?.component[name] &&
        one.said?.team[name] === other.said?.team[name],
    )
  );
}

function toRow({ entityRef, repository, owner, ...rest }: Component): Row {
  return {
    ...rest,
    entity_ref: entityRef,
    repository: repository ?? null,
    owner: owner ?? null,
    said: rest.said ?? {},
  };
}

function toComponent(row: Row): Component {
  const { entity_ref: entityRef, repository, owner, said, ...rest } = row;
  return {
    ...rest,
    entityRef,
    ...(repository && { repository }),
    ...(owner && { owner }),
    said: { component: said.component ?? {}, team: said.team ?? {} },
  };
}
