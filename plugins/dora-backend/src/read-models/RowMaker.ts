import {
  Change,
  Deployment,
  EARLIEST,
  Facts,
  Incident,
  rowsOf,
} from '@waymark/backstage-plugin-dora-common';
import { Knex } from 'knex';
import { Claim } from '../claims/Claims';
import { Pace } from '../claims/pace';
import { redoable } from '../database/redoable';
import { CHANGES, DEPLOYMENTS, INCIDENTS } from '../facts/tables';
import { RowStore, Wanted } from './RowStore';

/** Makes a component's rows of its facts. */
export class RowMaker {
  constructor(
    private readonly knex: Knex,
    private readonly rows: RowStore,
    private readonly settings: { rolloutHours: number },
    private readonly pace: Pace,
  ) {}

  /** What another worker has claimed meanwhile is not written. */
  async do(claims: readonly (Claim & Wanted)[]): Promise<void> {
    for (const claim of claims) await this.one(claim);
  }

  private async one(claim: Claim & Wanted): Promise<void> {
    const begun = performance.now();
    await redoable(this.knex, async trx => {
      // While it is locked, no fact of the component is changed and committed.
      const [held] = await this.rows.claims.lock(trx, [claim]);
      if (!held) return;
      const now = await clock(trx);
      const facts = await readFacts(trx, held.id);
      const made = rowsOf(facts, now, this.settings.rolloutHours);
      await this.rows.replace(trx, held.id, made);
      const rest = this.pace.restAfter(performance.now() - begun);
      await this.rows.finish(trx, held, rest, nextAfter(facts, now));
    });
  }
}

/** The database's, by which work is due. */
async function clock(trx: Knex.Transaction): Promise<number> {
  const { rows } = await trx.raw('select clock_timestamp() as now');
  return rows[0].now.getTime();
}

/** What rows are made of: nothing else is read, for a component has thousands. */
const READ = {
  deployments: [
    ...['id', 'entity_ref', 'environment', 'production', 'region', 'sha'],
    ...['result', 'kind', 'mends_deployment_id', 'incident_id'],
    ...['started_at', 'finished_at'],
  ],
  changes: [
    ...['id', 'entity_ref', 'bot'],
    ...['first_commit_at', 'ready_at', 'merged_at', 'deployed_at'],
  ],
  incidents: [
    ...['id', 'entity_ref', 'deployment_id', 'started_at', 'resolved_at'],
  ],
};
const PROPERTIES = new Map(
  [DEPLOYMENTS, CHANGES, INCIDENTS].flatMap(({ columns }) =>
    Object.entries(columns).map(([property, column]) => [column, property]),
  ),
);

/** A component's own, and the incidents that its deployments caused elsewhere. */
async function readFacts(knex: Knex, entityRef: string): Promise<Facts> {
  const selected = (table: keyof Facts) =>
    READ[table].map(column => selectedAs(column, table)).join(', ');
  const own = (table: 'deployments' | 'changes') =>
    `select ${selected(table)} from ${table} where entity_ref = :entityRef`;
  const incidents = `
    select ${selected('incidents')} from incidents
    where entity_ref = :entityRef and not exists (
      select from deployments d
      where d.id = incidents.deployment_id and d.entity_ref <> :entityRef)
    union
    select ${selected('incidents')} from incidents
      join deployments d on d.id = incidents.deployment_id
    where d.entity_ref = :entityRef`;
  const read = async <T extends object>(sql: string): Promise<T[]> => {
    const { rows } = await knex.raw<{ rows: T[] }>(sql, { entityRef });
    rows.forEach(withoutNulls);
    return rows;
  };
  return {
    deployments: await read<Deployment>(own('deployments')),
    changes: await read<Change>(own('changes')),
    incidents: await read<Incident>(incidents),
  };
}

/** By the name of its property; an instant as text, which needs no reading twice. */
function selectedAs(column: string, table: string): string {
  const name = `${table}.${column}`;
  const value = column.endsWith('_at')
    ? `to_char(${name} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`
    : name;
  return `${value} as "${PROPERTIES.get(column)}"`;
}

/** What there is none of is left out. */
function withoutNulls(row: object): void {
  const values = row as Record<string, unknown>;
  for (const name of Object.keys(values)) {
    if (values[name] === null) values[name] = undefined;
  }
}

/** What lies in the future is not believed before; then it makes other rows. */
function nextAfter(facts: Facts, now: number): number | undefined {
  const instants = [
    ...facts.deployments.flatMap(one => [one.startedAt, one.finishedAt]),
    ...facts.changes.flatMap(one => [
      one.firstCommitAt,
      one.readyAt,
      one.mergedAt,
      one.deployedAt,
    ]),
    ...facts.incidents.flatMap(one => [one.startedAt, one.resolvedAt]),
  ].map(instant => (instant ? Date.parse(instant) : EARLIEST));
  const next = instants.reduce(
    (least, at) => (at > now && at < least ? at : least),
    Infinity,
  );
  return next === Infinity ? undefined : next;
}
