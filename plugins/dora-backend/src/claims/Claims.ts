import { Knex } from 'knex';

/** A row that one worker has for itself until its lease is over. */
export interface Claim {
  id: string;
  /** Grows with each claim: what is written with an older one is refused. */
  fence: number;
  /** How often it was claimed since it last came to something. */
  attempts: number;
}

/** Of what is live the newest first, so that a burst does not hold it up either. */
const ORDERS = {
  longest: 'due_at',
  live: 'live_at desc nulls last, due_at',
};

/**
 * Work on the rows of a table, shared by all replicas: a row is one worker's until
 * its lease is over, and what a worker writes after that is refused.
 */
export class Claims<Row extends object> {
  constructor(
    private readonly knex: Knex,
    private readonly table: string,
    private readonly options: {
      /** Type of the column `id`. */
      id: 'bigint' | 'text';
      columns: (keyof Row & string)[];
      /** Leaves what is to be done. */
      waiting: (query: Knex.QueryBuilder) => void;
      leaseSeconds?: number;
    },
  ) {}

  /** Takes what is due: the longest first, or else what happens now. */
  async take(
    worker: string,
    limit: number,
    first: 'longest' | 'live' = 'longest',
  ): Promise<(Claim & Row)[]> {
    const { knex, table } = this;
    const { columns, waiting, leaseSeconds = 30 } = this.options;
    const picked = knex(table)
      .select('id')
      .where('due_at', '<=', knex.fn.now())
      .where(free =>
        free
          .whereNull('claimed_until')
          .orWhere('claimed_until', '<', knex.fn.now()),
      )
      .orderByRaw(ORDERS[first])
      .limit(limit)
      .forUpdate()
      .skipLocked();
    waiting(picked);
    // By an array, so that the rows are picked once, whatever the plan.
    return knex(table)
      .whereRaw('id = any(array(?))', [picked])
      .update({
        claimed_by: worker,
        claimed_until: this.after(leaseSeconds),
        fence: knex.raw('fence + 1'),
        attempts: knex.raw('attempts + 1'),
      })
      .returning(['id', 'fence', 'attempts', ...columns]) as unknown as Promise<
      (Claim & Row)[]
    >;
  }

  /** Locks those that still hold; nobody else writes them in this transaction. */
  async lock<C extends Claim>(
    trx: Knex.Transaction,
    claims: readonly C[],
  ): Promise<C[]> {
    const rows: { id: string }[] = await this.held(trx(this.table), claims)
      .select('id')
      .orderBy('id')
      .forUpdate();
    const ids = new Set(rows.map(({ id }) => id));
    return claims.filter(({ id }) => ids.has(id));
  }

  /** Keeps them for another lease. */
  async renew(claims: readonly Claim[]): Promise<void> {
    const { leaseSeconds = 30 } = this.options;
    await this.held(this.knex(this.table), claims).update({
      claimed_until: this.after(leaseSeconds),
    });
  }

  /** Gives up those that came to nothing; they are due again after a while. */
  async abandon(claims: readonly Claim[], seconds: number): Promise<void> {
    await this.held(this.knex(this.table), claims).update({
      claimed_by: null,
      claimed_until: null,
      // Whoever still works on it comes too late.
      fence: this.knex.raw('fence + 1'),
      due_at: this.after(seconds),
    });
  }

  private held(query: Knex.QueryBuilder, claims: readonly Claim[]) {
    return query.whereRaw(
      `(id, fence) in (select * from unnest(?::${this.options.id}[], ?::int[]))`,
      [claims.map(({ id }) => id), claims.map(({ fence }) => fence)],
    );
  }

  private after(seconds: number): Knex.Raw {
    return this.knex.raw(`now() + ? * interval '1 second'`, [seconds]);
  }
}
