import {
  Bots,
  Change,
  ChangesCounted,
  ChangesPage,
  rowsOf,
} from '@waymark/backstage-plugin-dora-common';
import { Knex } from 'knex';
import { CHANGES, Row, toFact } from '../facts/tables';
import { PageOf, readPage } from './pages';
import { onlyOf } from './refs';

/** Lists changes, and those that a value was made of. */
export class ChangeList {
  constructor(private readonly knex: Knex) {}

  /** With `counted` by when they were deployed; otherwise, and while they wait, by when merged. */
  async page(
    of: PageOf & { deployment?: string },
    counted: ChangesCounted | undefined,
    bots: Bots,
  ): Promise<ChangesPage> {
    const { items, ...rest } = counted
      ? await readPage(
          this.counted(of, counted, bots),
          { id: 'id', at: 'at' },
          of,
        )
      : await readPage(this.merged(of), { id: 'id', at: 'merged_at' }, of);
    const ids = items.map(({ id }) => id);
    const rows: Row[] = await this.knex('changes').whereRaw('id = any(?)', [
      ids,
    ]);
    const changes = rows.map(row => toFact<Change>(CHANGES, row));
    const facts = { deployments: [], changes, incidents: [] };
    const made = new Map(
      rowsOf(facts, Date.now(), 0).changes.map(row => [row.id, row]),
    );
    const found = new Map(changes.map(change => [change.id, change]));
    return {
      ...rest,
      items: ids.flatMap(id => {
        const change = found.get(id);
        if (!change) return [];
        const { lead, clockFault = false } = made.get(id) ?? {};
        return [{ ...change, ...(lead && { lead }), clockFault }];
      }),
    };
  }

  private merged(of: PageOf & { deployment?: string }) {
    const { refs, from, to, deployment } = of;
    const query = onlyOf(this.knex('changes'), refs);
    if (deployment) {
      // Of several places that it went to, the first has the changes.
      return query.whereRaw(
        `deployment_id = any(
           select unnest(deployment_ids) from rollout_rows
           where deployment_ids @> array[:deployment]::text[]
           union select :deployment)`,
        { deployment },
      );
    }
    return query
      .where('merged_at', '>=', new Date(from))
      .where('merged_at', '<', new Date(to));
  }

  /** As `countedChanges` does it; a test holds them equal. */
  private counted(of: PageOf, counted: ChangesCounted, bots: Bots) {
    const query = onlyOf(this.knex('change_rows'), of.refs)
      .where('at', '>=', new Date(of.from))
      .where('at', '<', new Date(Math.min(of.to, Date.now())));
    if (counted === 'bots') {
      return query.where({ bot: true }).whereNot({ state: 'waiting' });
    }
    if (bots !== 'with') query.where({ bot: bots === 'only' });
    return query.where({ state: counted });
  }
}
