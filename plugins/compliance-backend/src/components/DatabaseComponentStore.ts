import { storable } from '@waymark/backstage-plugin-insights-node';
import { Knex } from 'knex';
import { CatalogedComponent, ComponentStore } from './ComponentStore';

const COLUMNS = [
  'title',
  'owner',
  'system',
  'lifecycle',
  'template',
  'repository',
  'branch',
  'catalog_etag',
];

/** {@link ComponentStore} in PostgreSQL. */
export class DatabaseComponentStore implements ComponentStore {
  constructor(private readonly knex: Knex) {}

  async save(components: readonly CatalogedComponent[]): Promise<void> {
    if (components.length === 0) return;
    const columns = COLUMNS.join(', ');
    // Numbers are given to new rows only: an upsert would use one up for each
    // row on each run, and run out of them.
    await this.knex.raw(
      `with found as (
         select * from jsonb_to_recordset(?) as rows (entity_ref text, ${COLUMNS.map(
           name => `${name} text`,
         ).join(', ')})
       ), changed as (
         update components set
           (${columns}) = row (${COLUMNS.map(name => `found.${name}`).join(
        ', ',
      )}),
           removed_at = null, due_at = least(due_at, now()), collect = true,
           wanted = wanted + 1
         from found
         where components.entity_ref = found.entity_ref
           and (components.catalog_etag <> found.catalog_etag
             or components.removed_at is not null)
       )
       insert into components (entity_ref, ${columns})
       select entity_ref, ${columns} from found
       where entity_ref not in (select entity_ref from components)
       on conflict do nothing`,
      [JSON.stringify(components.map(toRow))],
    );
  }

  async retain(entityRefs: readonly string[]): Promise<void> {
    await this.knex('components')
      .whereNull('removed_at')
      .whereRaw('entity_ref <> all(?)', [[...entityRefs]])
      .update({ removed_at: this.knex.fn.now() });
    await this.knex('components')
      .whereRaw(`removed_at < now() - interval '30 days'`)
      .delete();
  }
}

function toRow(component: CatalogedComponent) {
  const { entityRef, etag, title, ...described } = component;
  return {
    ...described,
    entity_ref: entityRef,
    title: storable(title),
    ...(described.lifecycle && { lifecycle: storable(described.lifecycle) }),
    catalog_etag: etag,
  };
}
