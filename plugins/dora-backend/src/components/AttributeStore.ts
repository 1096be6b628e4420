import {
  Cohort,
  CohortComponent,
  EARLIEST,
} from '@waymark/backstage-plugin-dora-common';
import { Knex } from 'knex';
import { onlyOf, Refs } from '../read-models/refs';

/** Whose events are meant: one of them, or none for the whole company's. */
export interface Scope {
  entityRef?: string;
  owner?: string;
  system?: string;
  cohort?: Cohort;
}

/** What the catalog sorts components by. */
export interface AttributeStore {
  /** Takes over which components there are. */
  replace(components: readonly CohortComponent[]): Promise<void>;
  /** In the order of their references. */
  of(scope: Scope, visible: Refs): Promise<CohortComponent[]>;
  /** All of them, with when each was first changed or deployed. */
  withAges(visible: Refs): Promise<CohortComponent[]>;
}

const COLUMNS = [
  'entity_ref',
  'owner',
  'system',
  'template',
  'tier',
  'language',
] as const;
type Row = { entity_ref: string } & Record<
  Exclude<(typeof COLUMNS)[number], 'entity_ref'>,
  string | null
>;

/** {@link AttributeStore} in PostgreSQL. */
export class DatabaseAttributeStore implements AttributeStore {
  constructor(private readonly knex: Knex) {}

  async replace(components: readonly CohortComponent[]): Promise<void> {
    const rows = components.map(toRow);
    await this.knex.transaction(async trx => {
      await trx('component_attributes')
        .whereRaw('not entity_ref = any(?)', [rows.map(row => row.entity_ref)])
        .delete();
      await trx.raw(
        `insert into component_attributes (${COLUMNS.join(', ')})
         select * from jsonb_to_recordset(?) as said (
           ${COLUMNS.map(name => `${name} text`).join(', ')}
         )
         order by entity_ref
         on conflict (entity_ref) do update set
           ${COLUMNS.map(name => `${name} = excluded.${name}`).join(', ')}
         where component_attributes is distinct from excluded`,
        [JSON.stringify(rows)],
      );
    });
  }

  async of(
    { entityRef, owner, system, cohort }: Scope,
    visible: Refs,
  ): Promise<CohortComponent[]> {
    const query = this.knex('component_attributes').select(...COLUMNS);
    if (entityRef) query.where({ entity_ref: entityRef });
    if (owner) query.where({ owner });
    if (system) query.where({ system });
    if (cohort === 'golden-path') query.whereNotNull('template');
    if (cohort === 'bespoke') query.whereNull('template');
    const rows: Row[] = await onlyOf(query, visible).orderByRaw(
      'entity_ref collate "C"',
    );
    return rows.map(toComponent);
  }

  async withAges(visible: Refs): Promise<CohortComponent[]> {
    const components = await this.of({}, visible);
    const firsts = ['changes.merged_at', 'deployments.started_at'].map(at => {
      const [table] = at.split('.');
      return `(select min(${at}) from ${table}
        where ${table}.entity_ref = asked.entity_ref and ${at} >= ?)`;
    });
    const { rows } = await this.knex.raw<{ rows: FirstRow[] }>(
      `select entity_ref, least(${firsts.join(', ')}) as first_at
       from unnest(?::text[]) as asked (entity_ref)`,
      [
        ...firsts.map(() => new Date(EARLIEST)),
        components.map(({ entityRef }) => entityRef),
      ],
    );
    const first = new Map(rows.map(row => [row.entity_ref, row.first_at]));
    const now = Date.now();
    return components.map(component => {
      const at = first.get(component.entityRef);
      // What lies in the future says nothing of its age.
      const isKnown = at && at.getTime() <= now;
      return isKnown
        ? { ...component, createdAt: at.toISOString() }
        : component;
    });
  }
}

interface FirstRow {
  entity_ref: string;
  first_at: Date | null;
}

function toRow({ entityRef, ...rest }: CohortComponent): Row {
  return {
    entity_ref: entityRef,
    owner: rest.owner ?? null,
    system: rest.system ?? null,
    template: rest.template ?? null,
    tier: rest.tier ?? null,
    language: rest.language ?? null,
  };
}

function toComponent({ entity_ref: entityRef, ...rest }: Row): CohortComponent {
  const known = Object.entries(rest).filter(([, value]) => value !== null);
  return { entityRef, ...Object.fromEntries(known) };
}
