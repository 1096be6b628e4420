import { Knex } from 'knex';

/**
 * Whether something is the caller's to tell, has been told, or is being told by
 * somebody else right now.
 */
export type Claimed = 'mine' | 'told' | 'taken';

/** Who is told of what, kept so that each is told once. */
export interface ReminderStore {
  /** What nobody finished within ten minutes can be claimed again. */
  claim(id: string, occasion: string, recipient: string): Promise<Claimed>;
  told(id: string, occasion: string, recipient: string): Promise<void>;
  isTold(id: string, occasion: string, recipient: string): Promise<boolean>;
  /** Gives back what could not be told. */
  release(id: string, occasion: string, recipient: string): Promise<void>;
  /** Says that owners were reminded now. */
  reminded(id: string): Promise<void>;
}

/** {@link ReminderStore} in PostgreSQL. */
export class DatabaseReminderStore implements ReminderStore {
  constructor(private readonly knex: Knex) {}

  async claim(
    id: string,
    occasion: string,
    recipient: string,
  ): Promise<Claimed> {
    const { rows } = await this.knex.raw(
      `insert into campaign_reminders
         (campaign_id, occasion, recipient, claimed_at)
       values (?, ?, ?, now())
       on conflict (campaign_id, occasion, recipient) do update
         set claimed_at = excluded.claimed_at
         where campaign_reminders.told_at is null
           and campaign_reminders.claimed_at < now() - interval '10 minutes'
       returning recipient`,
      [id, occasion, recipient],
    );
    if (rows.length > 0) return 'mine';
    return (await this.isTold(id, occasion, recipient)) ? 'told' : 'taken';
  }

  async isTold(id: string, occasion: string, recipient: string) {
    const row = await this.one(id, occasion, recipient)
      .whereNotNull('told_at')
      .first('recipient');
    return row !== undefined;
  }

  async told(id: string, occasion: string, recipient: string) {
    const now = this.knex.fn.now();
    await this.knex('campaign_reminders')
      .insert({
        campaign_id: id,
        occasion,
        recipient,
        claimed_at: now,
        told_at: now,
      })
      .onConflict(['campaign_id', 'occasion', 'recipient'])
      .merge(['told_at']);
  }

  async release(id: string, occasion: string, recipient: string) {
    await this.one(id, occasion, recipient).delete();
  }

  async reminded(id: string) {
    await this.knex('campaigns')
      .where({ id })
      .update({ reminded_at: this.knex.fn.now() });
  }

  private one(id: string, occasion: string, recipient: string) {
    return this.knex('campaign_reminders').where({
      campaign_id: id,
      occasion,
      recipient,
    });
  }
}
