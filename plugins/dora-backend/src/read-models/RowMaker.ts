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
import { CHANGES, DEPLOYMENTS, INCIDENTS, Row, toFact } from '../facts/tables';
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
    await this.knex.transaction(async trx => {
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

/** A component's own, and the incidents that its deployments caused elsewhere. */
export async function readFacts(knex: Knex, entityRef: string): Promise<Facts> {
  const own = { entity_ref: entityRef };
  const deployments: Row[] = await knex('deployments').where(own);
  const changes: Row[] = await knex('changes').where(own);
  const { rows: incidents } = await knex.raw<{ rows: Row[] }>(
    `select i.* from incidents i
     where i.entity_ref = :entityRef and not exists (
       select from deployments d
       where d.id = i.deployment_id and d.entity_ref <> :entityRef)
     union
     select i.* from incidents i join deployments d on d.id = i.deployment_id
     where d.entity_ref = :entityRef`,
    { entityRef },
  );
  return {
    deployments: deployments.map(row => toFact<Deployment>(DEPLOYMENTS, row)),
    changes: changes.map(row => toFact<Change>(CHANGES, row)),
    incidents: incidents.map(row => toFact<Incident>(INCIDENTS, row)),
  };
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
