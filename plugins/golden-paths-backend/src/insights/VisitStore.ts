import {
  Visit,
  VisitFact,
} from '@waymark/backstage-plugin-golden-paths-common';
import { Knex } from 'knex';

/** Kept so long, for windows of a year. */
const KEPT_DAYS = 400;
/** More than that in a day is no interest of people, and is not kept. */
const MOST_A_DAY = 10_000;

/** Forms of golden paths that were opened. */
export class VisitStore {
  constructor(private readonly knex: Knex) {}

  /** Says again what is known without effect; a form that was sent stays so. */
  async save({ visit, templateRef, step }: Visit): Promise<void> {
    if (step === 'started') {
      await this.knex('visits')
        .where({ id: visit, template_ref: templateRef })
        .whereNull('started_at')
        .update({ started_at: this.knex.fn.now() });
      return;
    }
    await this.knex.raw(
      `insert into visits (id, template_ref, opened_at)
       select ?, ?, now()
       where (select count(*) from visits
         where opened_at > now() - interval '1 day') < ?
       on conflict do nothing`,
      [visit, templateRef, MOST_A_DAY],
    );
  }

  async between(
    from: number,
    to: number,
  ): Promise<(VisitFact & { templateRef: string })[]> {
    const rows: {
      template_ref: string;
      opened_at: Date;
      started_at: Date | null;
    }[] = await this.knex('visits')
      .where('opened_at', '>=', new Date(from))
      .where('opened_at', '<', new Date(to))
      .select('template_ref', 'opened_at', 'started_at');
    return rows.map(row => ({
      templateRef: row.template_ref,
      openedAt: row.opened_at.getTime(),
      ...(row.started_at && { startedAt: row.started_at.getTime() }),
    }));
  }

  /** Lets go of what no page asks for any more. */
  async forget(): Promise<void> {
    await this.knex('visits')
      .whereRaw('opened_at < now() - make_interval(days => ?)', [KEPT_DAYS])
      .delete();
  }
}
