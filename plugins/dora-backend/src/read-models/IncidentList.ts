import {
  EARLIEST,
  Incident,
  INCIDENTS_COUNTED,
  IncidentsPage,
} from '@waymark/backstage-plugin-dora-common';
import { Knex } from 'knex';
import { INCIDENTS, Row, toFact } from '../facts/tables';
import { PageOf, readPage } from './pages';
import { onlyOf } from './refs';

export type IncidentsCounted = (typeof INCIDENTS_COUNTED)[number];

/** Lists incidents by when they began. */
export class IncidentList {
  constructor(private readonly knex: Knex) {}

  async page(of: PageOf, counted?: IncidentsCounted): Promise<IncidentsPage> {
    const query = onlyOf(this.knex('incidents'), of.refs)
      .where('started_at', '>=', new Date(of.from))
      .where('started_at', '<', new Date(of.to));
    if (counted) this.only(query, counted);
    const { items, ...rest } = await readPage(
      query,
      { id: 'id', at: 'started_at' },
      of,
    );
    const ids = items.map(({ id }) => id);
    const rows: Row[] = await this.knex('incidents').whereRaw('id = any(?)', [
      ids,
    ]);
    const found = new Map(rows.map(row => [row.id, row]));
    return {
      ...rest,
      items: ids.flatMap(id => {
        const row = found.get(id);
        return row ? [toFact<Incident>(INCIDENTS, row)] : [];
      }),
    };
  }

  /** Linked to a deployment that counts, as the recovery time sees it. */
  private only(query: Knex.QueryBuilder, counted: IncidentsCounted): void {
    const now = new Date();
    query
      .where('started_at', '>=', new Date(EARLIEST))
      .where('started_at', '<', now);
    if (counted === 'open') {
      query.where(open =>
        open.whereNull('resolved_at').orWhere('resolved_at', '>', now),
      );
      return;
    }
    query.whereRaw(
      `${counted === 'linked' ? '' : 'not'} exists (
         select from rollout_rows
         where deployment_ids @> array[incidents.deployment_id])`,
    );
  }
}
