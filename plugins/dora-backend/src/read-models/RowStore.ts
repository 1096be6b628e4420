import { createHash } from 'node:crypto';
import { MetricRows } from '@waymark/backstage-plugin-dora-common';
import { Knex } from 'knex';
import { Claim, Claims } from '../claims/Claims';
import { after } from '../claims/pace';
import { replaceRows } from './rowTables';

/** Grows with each change to what rows are made of the same facts. */
const ROWS_VERSION = 1;

/** What a component is claimed with. */
export interface Wanted {
  /** How often its facts had changed when it was claimed. */
  wanted: number;
}

/** The rows of components, and which of them are to be made anew. */
export interface RowStore {
  readonly claims: Claims<Wanted>;
  /** Makes the rows of a component these; writes only what is not as it was. */
  replace(
    trx: Knex.Transaction,
    entityRef: string,
    rows: MetricRows,
  ): Promise<void>;
  /**
   * Ends a claim that is locked.
   * @param restMs - for how long it is not claimed again
   * @param again - when its rows become others by themselves
   */
  finish(
    trx: Knex.Transaction,
    claim: Claim & Wanted,
    restMs: number,
    again?: number,
  ): Promise<void>;
  /** Has all rows made anew where they were made with other settings. */
  startWith(settings: { rolloutHours: number }): Promise<void>;
}

/** {@link RowStore} in PostgreSQL. */
export class DatabaseRowStore implements RowStore {
  readonly claims: Claims<Wanted>;

  constructor(private readonly knex: Knex) {
    this.claims = new Claims<Wanted>(knex, 'row_work', {
      id: 'text',
      columns: ['wanted'],
      waiting: query =>
        query
          .where({ waiting: true })
          .whereRaw('(rests_until is null or rests_until <= now())'),
    });
  }

  async replace(
    trx: Knex.Transaction,
    entityRef: string,
    rows: MetricRows,
  ): Promise<void> {
    await replaceRows(trx, entityRef, rows, ROWS_VERSION);
  }

  async finish(
    trx: Knex.Transaction,
    { id, wanted }: Claim & Wanted,
    restMs: number,
    again?: number,
  ): Promise<void> {
    await trx('row_work')
      .where({ id })
      .update({
        waiting: trx.raw('wanted <> ? or ?', [wanted, again !== undefined]),
        live_at: trx.raw('case when wanted <> ? then live_at end', [wanted]),
        made: trx.raw(
          'greatest(made + 1, extract(epoch from clock_timestamp()) * 1e6)',
        ),
        attempts: 0,
        claimed_by: null,
        claimed_until: null,
        due_at: trx.raw('case when wanted = ? then ? else now() end', [
          wanted,
          new Date(again ?? Date.now()),
        ]),
        rests_until: after(trx, restMs),
      });
  }

  async startWith(settings: { rolloutHours: number }): Promise<void> {
    const hash = createHash('sha256')
      .update(JSON.stringify([ROWS_VERSION, settings.rolloutHours]))
      .digest('hex');
    await this.knex.transaction(async trx => {
      const { rowCount } = await trx.raw(
        `insert into rows_in_force (hash) values (?)
         on conflict (one) do update set hash = excluded.hash
         where rows_in_force.hash <> excluded.hash`,
        [hash],
      );
      if (rowCount > 0) await this.wantAll(trx);
    });
  }

  private async wantAll(trx: Knex.Transaction): Promise<void> {
    await trx('row_work').update({
      waiting: true,
      wanted: trx.raw('wanted + 1'),
      due_at: trx.fn.now(),
    });
  }
}
