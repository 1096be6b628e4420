import { createHash } from 'node:crypto';
import { Knex } from 'knex';
import { Claim, Claims } from '../claims/Claims';
import { after } from '../claims/pace';
import { FactSettings } from '../config';
import { FOLD_VERSION } from './fold/fold';

/** What a unit is claimed with. */
export interface Unit {
  /** What had been asked for when it was claimed. */
  wanted: number;
  /** When something that happens now last asked for it; none where nothing does. */
  live_at: Date | null;
}

/** The repositories, or components without one, whose facts are to be made. */
export interface UnitStore {
  readonly claims: Claims<Unit>;
  /**
   * Ends a claim that is locked; what was asked for meanwhile is still to be done.
   * @param restMs - for how long it is not claimed again
   */
  finish(
    trx: Knex.Transaction,
    claim: Claim & Unit,
    restMs: number,
  ): Promise<void>;
  /** Has all facts made anew where they were made with other settings. */
  startWith(settings: FactSettings): Promise<void>;
}

/** {@link UnitStore} in PostgreSQL. */
export class DatabaseUnitStore implements UnitStore {
  readonly claims: Claims<Unit>;

  constructor(private readonly knex: Knex) {
    this.claims = new Claims<Unit>(knex, 'units', {
      id: 'text',
      columns: ['wanted', 'live_at'],
      waiting: query =>
        query
          .where({ waiting: true })
          .whereRaw('(rests_until is null or rests_until <= now())')
          // Half of what was said makes wrong facts.
          .whereNotExists(knex('inbox').where({ rebuilding: true })),
    });
  }

  async finish(
    trx: Knex.Transaction,
    { id, wanted }: Claim & Unit,
    restMs: number,
  ): Promise<void> {
    await trx('units')
      .where({ id })
      .update({
        waiting: trx.raw('wanted <> ?', [wanted]),
        live_at: trx.raw('case when wanted <> ? then live_at end', [wanted]),
        attempts: 0,
        claimed_by: null,
        claimed_until: null,
        due_at: trx.fn.now(),
        rests_until: after(trx, restMs),
      });
  }

  async startWith(settings: FactSettings): Promise<void> {
    const hash = createHash('sha256')
      .update(JSON.stringify([FOLD_VERSION, settings]))
      .digest('hex');
    await this.knex.transaction(async trx => {
      const { rowCount } = await trx.raw(
        `insert into settings_in_force (hash) values (?)
         on conflict (one) do update set hash = excluded.hash
         where settings_in_force.hash <> excluded.hash`,
        [hash],
      );
      if (rowCount === 0) return;
      await trx('units').update({
        waiting: true,
        wanted: trx.raw('wanted + 1'),
        due_at: trx.fn.now(),
      });
    });
  }
}
