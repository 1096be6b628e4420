import {
  OpenedUpgrade,
  UpgradesQuery,
} from '@waymark/backstage-plugin-golden-paths-common';
import { Knex } from 'knex';

const MOST = 1000;

/** An upgrade, and the repository that it is of. */
export interface StoredUpgrade extends OpenedUpgrade {
  /** `host/owner/name` in small letters. */
  repository: string;
}

interface Row {
  repository: string;
  number: number;
  entity_ref: string;
  template_ref: string;
  from_version: string;
  to_version: string;
  conflicts: number;
  url: string;
  state: OpenedUpgrade['state'];
  requested_by: string;
  requested_at: Date;
}

/** Upgrades that were offered, in PostgreSQL. */
export class UpgradeStore {
  constructor(private readonly knex: Knex) {}

  /** Adds it, or takes over how it is now; who asked first stays. */
  async save(upgrade: StoredUpgrade): Promise<void> {
    await this.knex<Row>('upgrades')
      .insert({
        repository: upgrade.repository,
        number: upgrade.number,
        entity_ref: upgrade.entityRef,
        template_ref: upgrade.templateRef,
        from_version: upgrade.from,
        to_version: upgrade.to,
        conflicts: upgrade.conflicts,
        url: upgrade.pullRequestUrl,
        state: upgrade.state,
        requested_by: upgrade.requestedBy,
        requested_at: new Date(upgrade.requestedAt),
      })
      .onConflict(['repository', 'number'])
      .merge([
        'entity_ref',
        'from_version',
        'to_version',
        'conflicts',
        'state',
      ]);
  }

  /** Newest first. */
  async list(query: UpgradesQuery): Promise<StoredUpgrade[]> {
    const { entityRef, templateRef, state } = query;
    const rows = this.knex<Row>('upgrades')
      .orderBy([
        { column: 'requested_at', order: 'desc' },
        { column: 'number', order: 'desc' },
        'repository',
      ])
      .limit(MOST);
    if (entityRef) rows.where({ entity_ref: entityRef.toLowerCase() });
    if (templateRef) rows.where({ template_ref: templateRef.toLowerCase() });
    if (state) rows.where({ state });
    return (await rows).map(row => toUpgrade(row as Row));
  }

  /** The newest that is open, of each of these components that has one. */
  async openOf(
    entityRefs: readonly string[],
  ): Promise<Map<string, OpenedUpgrade>> {
    const rows: Row[] = await this.knex<Row>('upgrades')
      .whereRaw('entity_ref = any(?)', [[...entityRefs]])
      .where({ state: 'open' })
      .orderBy(['requested_at', 'number']);
    return new Map(rows.map(row => [row.entity_ref, toOpened(toUpgrade(row))]));
  }

  /** Nothing where it is none of ours. */
  async setState(
    repository: string,
    number: number,
    state: OpenedUpgrade['state'],
  ): Promise<void> {
    await this.knex('upgrades').where({ repository, number }).update({ state });
  }
}

/** As it is answered. */
export function toOpened({
  repository: _,
  ...upgrade
}: StoredUpgrade): OpenedUpgrade {
  return upgrade;
}

function toUpgrade(row: Row): StoredUpgrade {
  return {
    repository: row.repository,
    number: row.number,
    entityRef: row.entity_ref,
    templateRef: row.template_ref,
    from: row.from_version,
    to: row.to_version,
    conflicts: row.conflicts,
    pullRequestUrl: row.url,
    state: row.state,
    requestedBy: row.requested_by,
    requestedAt: row.requested_at.toISOString(),
  };
}
