import { Snooze } from '@waymark/backstage-plugin-golden-paths-common';
import { Knex } from 'knex';

interface Row {
  entity_ref: string;
  version: string;
  reason: string;
  until: string;
  snoozed_by: string;
  snoozed_at: Date;
}

/** Upgrades that were put off, in PostgreSQL; also those that are over. */
export class SnoozeStore {
  constructor(private readonly knex: Knex) {}

  async of(entityRef: string): Promise<Snooze | undefined> {
    const row = await this.knex<Row>('snoozes')
      .where({ entity_ref: entityRef })
      .first();
    return row && toSnooze(row);
  }

  /** By component. */
  async all(): Promise<Map<string, Snooze>> {
    const rows = await this.knex<Row>('snoozes');
    return new Map(rows.map(row => [row.entity_ref, toSnooze(row)]));
  }

  async save(snooze: Snooze): Promise<void> {
    await this.knex<Row>('snoozes')
      .insert({
        entity_ref: snooze.entityRef,
        version: snooze.version,
        reason: snooze.reason,
        until: snooze.until,
        snoozed_by: snooze.by,
        snoozed_at: new Date(snooze.at),
      })
      .onConflict('entity_ref')
      .merge();
  }

  /** @returns whether there was one */
  async remove(entityRef: string): Promise<boolean> {
    const removed = await this.knex<Row>('snoozes')
      .where({ entity_ref: entityRef })
      .delete();
    return removed > 0;
  }
}

/** `2026-12-31`, in UTC. */
export function dayOf(at: Date): string {
  return at.toISOString().slice(0, 10);
}

function toSnooze(row: Row): Snooze {
  return {
    entityRef: row.entity_ref,
    version: row.version,
    reason: row.reason,
    until: row.until,
    by: row.snoozed_by,
    at: row.snoozed_at.toISOString(),
  };
}
