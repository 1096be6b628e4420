import {
  AdoptionsQuery,
  OpenedAdoption,
} from '@waymark/backstage-plugin-golden-paths-common';
import { Knex } from 'knex';

const MOST = 1000;

/** An adoption, and the repository that it is of. */
export interface StoredAdoption extends OpenedAdoption {
  /** `host/owner/name` in small letters. */
  repository: string;
}

interface Row {
  repository: string;
  number: number;
  entity_ref: string;
  template_ref: string;
  version: string;
  url: string;
  state: OpenedAdoption['state'];
  requested_by: string;
  requested_at: Date;
}

/** Adoptions that were offered, in PostgreSQL. */
export class AdoptionStore {
  constructor(private readonly knex: Knex) {}

  /** Adds it, or takes over how it is now; who asked first stays. */
  async save(adoption: StoredAdoption): Promise<void> {
    await this.knex<Row>('adoptions')
      .insert({
        repository: adoption.repository,
        number: adoption.number,
        entity_ref: adoption.entityRef,
        template_ref: adoption.templateRef,
        version: adoption.version,
        url: adoption.pullRequestUrl,
        state: adoption.state,
        requested_by: adoption.requestedBy,
        requested_at: new Date(adoption.requestedAt),
      })
      .onConflict(['repository', 'number'])
      .merge(['entity_ref', 'template_ref', 'version', 'state']);
  }

  /** Newest first. */
  async list({ entityRef, state }: AdoptionsQuery): Promise<OpenedAdoption[]> {
    const rows = this.knex<Row>('adoptions')
      .orderBy([
        { column: 'requested_at', order: 'desc' },
        { column: 'number', order: 'desc' },
        'repository',
      ])
      .limit(MOST);
    if (entityRef) rows.where({ entity_ref: entityRef.toLowerCase() });
    if (state) rows.where({ state });
    return (await rows).map(row => toAdoption(row as Row));
  }

  /** Nothing where it is none of ours. */
  async setState(
    repository: string,
    number: number,
    state: OpenedAdoption['state'],
  ): Promise<void> {
    await this.knex('adoptions')
      .where({ repository, number })
      .update({ state });
  }
}

function toAdoption(row: Row): OpenedAdoption {
  return {
    entityRef: row.entity_ref,
    templateRef: row.template_ref,
    version: row.version,
    pullRequestUrl: row.url,
    number: row.number,
    state: row.state,
    requestedBy: row.requested_by,
    requestedAt: row.requested_at.toISOString(),
  };
}
