import { Knex } from 'knex';

/** How far each thing was read that is read again and again. */
export class Progress {
  constructor(private readonly knex: Knex) {}

  /** Undefined where it was never read to its end. */
  async of(name: string): Promise<Date | undefined> {
    const row = await this.knex('progress').where({ name }).first('reached_at');
    return row?.reached_at;
  }

  /** Never back: a slower replica says so later. */
  async reached(name: string, at: Date): Promise<void> {
    await this.knex('progress')
      .insert({ name, reached_at: at })
      .onConflict('name')
      .merge({
        reached_at: this.knex.raw(
          'greatest(progress.reached_at, excluded.reached_at)',
        ),
      });
  }

  /** When it was first looked at; now, where that is the first time. */
  async first(name: string, now: Date): Promise<Date> {
    await this.knex('progress')
      .insert({ name, reached_at: now })
      .onConflict('name')
      .ignore();
    return (await this.of(name))!;
  }
}
