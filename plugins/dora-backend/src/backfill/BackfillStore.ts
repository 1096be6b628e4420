import { storable } from '@waymark/backstage-plugin-insights-node';
import { Knex } from 'knex';
import { Claim, Claims } from '../claims/Claims';

export const BACKFILL_STATES = [
  'waiting',
  'running',
  'done',
  'failed',
] as const;

/** How far the history of a repository was fetched. */
export interface Backfill {
  source: string;
  /** `host/owner/name` in small letters. */
  repository: string;
  state: (typeof BACKFILL_STATES)[number];
  /** Instant that it goes back to. */
  since: string;
  /** What is being fetched. */
  part?: string;
  /** Instant that this part has come back to. */
  reached?: string;
  /** What the source has told. */
  fetched: number;
  /** What of it was not known yet. */
  added: number;
  /** Why it waits, or failed. */
  problem?: string;
  /** Instant before which it is not tried again. */
  waitsUntil?: string;
  finishedAt?: string;
}

/** What a repository is claimed with. */
export interface BackfillWork {
  source: string;
  repository: string;
  since: Date;
  cursor: string | null;
}

/** What came of a page. */
export interface Progress {
  cursor: string;
  part: string;
  reached?: Date;
  fetched: number;
  added: number;
}

/** Which histories are fetched, each by one replica at a time. */
export interface BackfillStore {
  readonly claims: Claims<BackfillWork>;
  /** Takes over which repositories there are; begins with those that are new. */
  sync(
    repositories: readonly { source: string; repository: string }[],
    since: Date,
  ): Promise<void>;
  /**
   * Begins anew, with one repository or all.
   *
   * @returns how many
   */
  restart(since: Date, repository?: string): Promise<number>;
  /** Those that need somebody first, then those under way. */
  list(page: { offset: number; limit: number }): Promise<Backfill[]>;
  count(): Promise<Record<Backfill['state'], number>>;
  /** Goes on after this page; the claim is locked. */
  advance(trx: Knex.Transaction, id: string, to: Progress): Promise<void>;
  finish(claim: Claim): Promise<void>;
  /** Lets others have their turn first. */
  pause(claim: Claim): Promise<void>;
  /** Gives it up until somebody asks for it again. */
  fail(claim: Claim, problem: string): Promise<void>;
  /** Tries it again later. */
  postpone(claim: Claim, problem: string, at: Date): Promise<void>;
  /** Whether the history of a repository is still being fetched. */
  isUnderWay(repository: string): Promise<boolean>;
}

/** While a replica has it, it runs. */
const STATE = `case when state = 'waiting' and claimed_until > now() then 'running' else state end`;

/** {@link BackfillStore} in PostgreSQL. */
export class DatabaseBackfillStore implements BackfillStore {
  readonly claims: Claims<BackfillWork>;

  constructor(private readonly knex: Knex) {
    this.claims = new Claims<BackfillWork>(knex, 'backfills', {
      id: 'text',
      columns: ['source', 'repository', 'since', 'cursor'],
      waiting: query => query.where({ state: 'waiting' }),
    });
  }

  async sync(
    repositories: readonly { source: string; repository: string }[],
    since: Date,
  ): Promise<void> {
    const rows = repositories.map(({ source, repository }) => ({
      id: `${source} ${repository}`,
      source,
      repository,
    }));
    const json = JSON.stringify(rows);
    await this.knex.transaction(async trx => {
      await trx.raw(
        `insert into backfills (id, source, repository, since)
         select id, source, repository, ? from jsonb_to_recordset(?)
           as known (id text, source text, repository text)
         order by id
         on conflict do nothing`,
        [since, json],
      );
      await trx('backfills')
        .whereRaw(
          `id not in (select id from jsonb_to_recordset(?) as known (id text))`,
          [json],
        )
        .delete();
    });
  }

  async restart(since: Date, repository?: string): Promise<number> {
    const { knex } = this;
    const query = knex('backfills').update({
      state: 'waiting',
      since,
      cursor: null,
      part: null,
      reached: null,
      fetched: 0,
      added: 0,
      problem: null,
      started_at: null,
      finished_at: null,
      ...this.released(),
      due_at: knex.fn.now(),
      attempts: 0,
    });
    return repository ? query.where({ repository }) : query;
  }

  async list({ offset, limit }: { offset: number; limit: number }) {
    const rows: Row[] = await this.knex
      .select('*')
      .from(
        this.knex('backfills')
          .select('*', this.knex.raw(`${STATE} as shown`))
          .as('known'),
      )
      .orderByRaw(
        `array_position(array['failed', 'running', 'waiting', 'done'], shown), repository, source`,
      )
      .offset(offset)
      .limit(limit);
    return rows.map(toBackfill);
  }

  async count(): Promise<Record<Backfill['state'], number>> {
    const { rows } = await this.knex.raw(
      `select ${STATE} as state, count(*)::int from backfills group by 1`,
    );
    const found = new Map(
      rows.map((row: { state: string; count: number }) => [
        row.state,
        row.count,
      ]),
    );
    return Object.fromEntries(
      BACKFILL_STATES.map(state => [state, found.get(state) ?? 0]),
    ) as Record<Backfill['state'], number>;
  }

  async advance(trx: Knex.Transaction, id: string, to: Progress) {
    await trx('backfills')
      .where({ id })
      .update({
        cursor: to.cursor,
        part: to.part,
        reached: to.reached ?? null,
        fetched: trx.raw('fetched + ?', [to.fetched]),
        added: trx.raw('added + ?', [to.added]),
        attempts: 0,
        problem: null,
        started_at: trx.raw('coalesce(started_at, now())'),
        changed_at: trx.fn.now(),
      });
  }

  async finish(claim: Claim): Promise<void> {
    await this.end(claim, {
      state: 'done',
      problem: null,
      part: null,
      reached: null,
      finished_at: this.knex.fn.now(),
    });
  }

  async pause(claim: Claim): Promise<void> {
    await this.end(claim, { due_at: this.knex.fn.now() });
  }

  async fail(claim: Claim, problem: string): Promise<void> {
    await this.end(claim, { state: 'failed', problem: text(problem) });
  }

  async postpone(claim: Claim, problem: string, at: Date): Promise<void> {
    await this.end(claim, { problem: text(problem), due_at: at });
  }

  async isUnderWay(repository: string): Promise<boolean> {
    const found = await this.knex('backfills')
      .where({ repository, state: 'waiting' })
      .first('id');
    return found !== undefined;
  }

  /** Refused where somebody else has it by now. */
  private async end({ id, fence }: Claim, changes: object): Promise<void> {
    await this.knex('backfills')
      .where({ id, fence })
      .update({ ...changes, ...this.released() });
  }

  private released() {
    return {
      claimed_by: null,
      claimed_until: null,
      // Whoever still works on it comes too late.
      fence: this.knex.raw('fence + 1'),
    };
  }
}

function text(problem: string): string {
  return storable(problem).slice(0, 1_000);
}

interface Row {
  source: string;
  repository: string;
  shown: Backfill['state'];
  since: Date;
  part: string | null;
  reached: Date | null;
  fetched: number;
  added: number;
  problem: string | null;
  due_at: Date;
  finished_at: Date | null;
}

function toBackfill(row: Row): Backfill {
  const { source, repository, shown: state, fetched, added } = row;
  const waits = state === 'waiting' && row.due_at.getTime() > Date.now();
  return {
    source,
    repository,
    state,
    since: row.since.toISOString(),
    ...(row.part && { part: row.part }),
    ...(row.reached && { reached: row.reached.toISOString() }),
    fetched,
    added,
    ...(row.problem && { problem: row.problem }),
    ...(waits && { waitsUntil: row.due_at.toISOString() }),
    ...(row.finished_at && { finishedAt: row.finished_at.toISOString() }),
  };
}
