import { Knex } from 'knex';
import { Claim, Outcome, Selection, WorkStore } from './WorkStore';

interface Row {
  id: number;
  entity_ref: string;
  fence: number;
  wanted: number;
  collect: boolean;
  retries: number;
  revision: string | null;
  basis: Claim['basis'] | null;
}

/** {@link WorkStore} in PostgreSQL. */
export class DatabaseWorkStore implements WorkStore {
  constructor(
    private readonly knex: Knex,
    /** How long a claim holds unless it is renewed. */
    private readonly leaseSeconds = 30,
  ) {}

  async want(
    selection: Selection,
    { collect, urgent }: { collect: boolean; urgent: boolean },
  ): Promise<number[]> {
    const chosen = this.knex('components').whereNull('removed_at');
    if ('entityRefs' in selection) {
      chosen.whereRaw('entity_ref = any(?)', [[...selection.entityRefs]]);
    } else {
      chosen.where({ repository: selection.repository });
      const { branch } = selection;
      if (branch) {
        chosen.where(either => {
          either.where({ branch: branch.name });
          if (branch.isDefault) either.orWhereNull('branch');
        });
      }
    }
    const rows = await this.mark(chosen, collect, urgent);
    return rows.map(({ id }) => id);
  }

  async startWith(rules: string, revision = rules): Promise<void> {
    await this.knex.raw(
      `insert into rules_in_force (revision, since) values (?, now())
       on conflict (one) do update set revision = excluded.revision, since = now()
       where rules_in_force.revision <> excluded.revision`,
      [rules],
    );
    await this.wantOutdated(rules, revision);
  }

  async wantOutdated(rules: string, revision = rules): Promise<void> {
    const chosen = this.knex('components')
      .whereNull('removed_at')
      .whereNot({ revision })
      .where('due_at', '>', this.knex.fn.now())
      .whereExists(this.knex('rules_in_force').where({ revision: rules }));
    await this.mark(chosen, false, false);
  }

  async claim(
    worker: string,
    options: { limit: number; collect?: boolean; ids?: readonly number[] },
  ): Promise<Claim[]> {
    const { limit, collect, ids } = options;
    const picked = this.knex('components')
      .select('id')
      .whereNull('removed_at')
      .where('due_at', '<=', this.knex.fn.now())
      .where(free =>
        free
          .whereNull('claimed_until')
          .orWhere('claimed_until', '<', this.knex.fn.now()),
      )
      .orderBy([{ column: 'urgent', order: 'desc' }, 'due_at'])
      .limit(limit)
      .forUpdate()
      .skipLocked();
    if (collect !== undefined) picked.where({ collect });
    if (ids) picked.whereRaw('id = any(?)', [[...ids]]);
    const rows: Row[] = await this.knex('components')
      .whereIn('id', picked)
      .update({
        claimed_by: worker,
        claimed_until: this.after(this.leaseSeconds),
        fence: this.knex.raw('fence + 1'),
      })
      .returning([
        'id',
        'entity_ref',
        'fence',
        'wanted',
        'collect',
        'retries',
        'revision',
        'basis',
      ]);
    return rows.map(toClaim);
  }

  async renew(claims: readonly Claim[]): Promise<void> {
    await this.held(this.knex('components'), claims).update({
      claimed_until: this.after(this.leaseSeconds),
    });
  }

  async lock(
    trx: Knex.Transaction,
    claims: readonly Claim[],
  ): Promise<Claim[]> {
    const rows: { id: number }[] = await this.held(trx('components'), claims)
      .select('id')
      .orderBy('id')
      .forUpdate();
    const ids = new Set(rows.map(({ id }) => id));
    return claims.filter(({ id }) => ids.has(id));
  }

  async finish(
    trx: Knex.Transaction,
    outcomes: readonly Outcome[],
  ): Promise<void> {
    if (outcomes.length === 0) return;
    // What was asked for meanwhile is still to be done.
    await trx.raw(
      `update components set
         claimed_by = null, claimed_until = null,
         evaluated_at = now(), revision = done.revision, basis = done.basis,
         collected_at = case when done.collected then now() else collected_at end,
         urgent = coalesce(done.soon, false)
           or retry_at is not null and not done.collected
           or urgent and components.wanted <> done.wanted,
         retries = case
           when done.soon then retries + 1
           when done.collected then 0
           else retries
         end,
         retry_at = case
           when done.soon then now() + done.seconds * interval '1 second'
           when done.collected then null
           else retry_at
         end,
         collect = true,
         due_at = case
           when components.wanted <> done.wanted then now()
           when done.collected then now() + done.seconds * interval '1 second'
           when retry_at is not null then greatest(now(), retry_at)
           else greatest(
             now(), coalesce(collected_at, now()) + done.seconds * interval '1 second'
           )
         end
       from jsonb_to_recordset(?) as done (
         id int, wanted int, revision text, basis jsonb, collected boolean,
         seconds float, soon boolean
       )
       where components.id = done.id`,
      [
        JSON.stringify(
          outcomes.map(({ claim, nextInSeconds, ...outcome }) => ({
            id: claim.id,
            wanted: claim.wanted,
            seconds: nextInSeconds,
            ...outcome,
          })),
        ),
      ],
    );
  }

  async abandon(claims: readonly Claim[], seconds: number): Promise<void> {
    await this.held(this.knex('components'), claims).update({
      claimed_by: null,
      claimed_until: null,
      // Whoever still works on it comes too late.
      fence: this.knex.raw('fence + 1'),
      urgent: false,
      due_at: this.after(seconds),
    });
  }

  private async mark(
    chosen: Knex.QueryBuilder,
    collect: boolean,
    urgent: boolean,
  ): Promise<{ id: number }[]> {
    const { knex } = this;
    return knex('components')
      .whereIn('id', chosen.select('id').orderBy('id').forUpdate())
      .update({
        wanted: knex.raw('wanted + 1'),
        urgent: knex.raw('urgent or ?', [urgent]),
        // What waits to be collected is not forgotten for a mere judgement.
        collect: knex.raw('(due_at <= now() and collect) or ?', [collect]),
        due_at: knex.raw('least(due_at, now())'),
      })
      .returning('id');
  }

  private held(query: Knex.QueryBuilder, claims: readonly Claim[]) {
    return query.whereRaw(
      '(id, fence) in (select * from unnest(?::int[], ?::int[]))',
      [claims.map(({ id }) => id), claims.map(({ fence }) => fence)],
    );
  }

  private after(seconds: number): Knex.Raw {
    return this.knex.raw(`now() + ? * interval '1 second'`, [seconds]);
  }
}

function toClaim(row: Row): Claim {
  const { id, fence, wanted, collect, retries } = row;
  return {
    id,
    entityRef: row.entity_ref,
    fence,
    wanted,
    collect,
    retries,
    ...(row.revision && { revision: row.revision }),
    basis: row.basis ?? {},
  };
}
