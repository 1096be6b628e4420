import { randomUUID } from 'node:crypto';
import { ConflictError } from '@backstage/errors';
import {
  Exemption,
  ExemptionRequest,
} from '@waymark/backstage-plugin-compliance-common';
import { storable } from '@waymark/backstage-plugin-insights-node';
import { Knex } from 'knex';
import { ExemptionFilter, ExemptionStore } from './ExemptionStore';

interface Row {
  id: string;
  entity_ref: string;
  rule: string;
  reason: string;
  until: string;
  state: Exemption['state'];
  requested_by: string;
  requested_at: Date;
  decided_by: string | null;
  decided_at: Date | null;
  comment: string | null;
}

const UNIQUE_VIOLATION = '23505';

/** {@link ExemptionStore} in PostgreSQL. */
export class DatabaseExemptionStore implements ExemptionStore {
  constructor(private readonly knex: Knex) {}

  async request(
    { entityRef, rule, reason, until }: ExemptionRequest,
    requestedBy: string,
  ): Promise<Exemption> {
    try {
      const [row]: Row[] = await this.knex('exemptions')
        .insert({
          id: randomUUID(),
          entity_ref: entityRef,
          rule,
          reason: storable(reason),
          until,
          state: 'requested',
          requested_by: requestedBy,
          requested_at: this.knex.fn.now(),
        })
        .returning('*');
      return toExemption(row);
    } catch (error) {
      if ((error as { code?: string }).code !== UNIQUE_VIOLATION) throw error;
      throw new ConflictError(
        `An exemption of ${entityRef} from ${rule} is asked for already`,
      );
    }
  }

  async find(id: string): Promise<Exemption | undefined> {
    const row = await this.knex<Row>('exemptions').where({ id }).first();
    return row && toExemption(row as Row);
  }

  async list({
    state,
    entityRef,
    limit = 1000,
  }: ExemptionFilter): Promise<Exemption[]> {
    const query = this.knex<Row>('exemptions').orderBy([
      { column: 'requested_at', order: 'desc' },
      'id',
    ]);
    if (limit !== 'none') query.limit(limit);
    if (state) query.where({ state });
    if (entityRef) query.where({ entity_ref: entityRef });
    return (await query).map(row => toExemption(row as Row));
  }

  async decide(
    trx: Knex.Transaction,
    exemption: Exemption,
    state: 'approved' | 'denied' | 'ended',
    by: string,
    comment: string,
  ): Promise<Exemption> {
    const { id, entityRef, rule } = exemption;
    if (state === 'approved') {
      await trx('exemptions')
        .where({ entity_ref: entityRef, rule, state: 'approved' })
        .update({ state: 'ended' });
    }
    const [row]: Row[] = await trx('exemptions')
      .where({ id, state: exemption.state })
      .update({
        state,
        decided_by: by,
        decided_at: trx.fn.now(),
        comment: storable(comment),
      })
      .returning('*');
    if (!row) {
      throw new ConflictError('Somebody else has decided it meanwhile');
    }
    return toExemption(row);
  }

  async inForce(
    entityRefs: readonly string[],
  ): Promise<Map<string, Pick<Exemption, 'rule' | 'until' | 'reason'>[]>> {
    const rows = await this.knex<Row>('exemptions')
      .where({ state: 'approved' })
      .whereRaw('entity_ref = any(?)', [[...entityRefs]]);
    const found = new Map<string, Exemption[]>();
    for (const row of rows) {
      const exemption = toExemption(row as Row);
      const { entityRef } = exemption;
      found.set(entityRef, [...(found.get(entityRef) ?? []), exemption]);
    }
    return found;
  }

  async expire(today: string): Promise<Exemption[]> {
    const rows: Row[] = await this.knex('exemptions')
      .whereIn('state', ['requested', 'approved'])
      .where('until', '<', today)
      .update({ state: 'expired' })
      .returning('*');
    return rows.map(toExemption);
  }

  async ending(lastDay: string): Promise<Exemption[]> {
    const rows = await this.knex<Row>('exemptions')
      .where({ state: 'approved' })
      .where('until', '<=', lastDay)
      .whereNull('warned_at');
    return rows.map(row => toExemption(row as Row));
  }

  async warned(id: string): Promise<void> {
    await this.knex('exemptions')
      .where({ id })
      .update({ warned_at: this.knex.fn.now() });
  }
}

function toExemption(row: Row): Exemption {
  return {
    id: row.id,
    entityRef: row.entity_ref,
    rule: row.rule,
    reason: row.reason,
    until: row.until,
    state: row.state,
    requestedBy: row.requested_by,
    requestedAt: row.requested_at.toISOString(),
    ...(row.decided_by && { decidedBy: row.decided_by }),
    ...(row.decided_at && { decidedAt: row.decided_at.toISOString() }),
    ...(row.comment && { comment: row.comment }),
  };
}
