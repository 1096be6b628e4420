import {
  CreationFact,
  ServiceFact,
  TemplateFact,
} from '@waymark/backstage-plugin-golden-paths-common';
import { Knex } from 'knex';
import { DatabaseCreationStore } from '../creations/CreationStore';
import { DatabasePathStore } from '../services/PathStore';

/** What the pages are made of. */
export interface Facts {
  services: readonly ServiceFact[];
  templates: ReadonlyMap<string, TemplateFact>;
  /** By when they were asked for. */
  creations: readonly CreationFact[];
}

interface Kept extends Facts {
  version: string;
  /** Transactions from here on may not have been seen; with its epoch. */
  unseen: bigint;
}

const EPOCH = 32n;
const LOW = 0xffff_ffffn;

/**
 * What is stored. Each change of it counts up a number in the database, in the same
 * transaction; then only the rows are read that were written since.
 */
export class KeptFacts {
  private kept?: Promise<Kept>;

  constructor(private readonly knex: Knex) {}

  async read(): Promise<Facts> {
    const before = this.kept;
    const next = this.after(before);
    this.kept = next;
    next.catch(() => {
      if (this.kept === next) this.kept = undefined;
    });
    return next;
  }

  /** One after the other: who waits is given what is as new as their question. */
  private async after(before: Promise<Kept> | undefined): Promise<Kept> {
    const known = await before?.catch(() => undefined);
    const row = await this.knex('facts_version').first('version');
    if (known && known.version === row.version) return known;
    return this.knex.transaction(trx => load(trx, known), {
      isolationLevel: 'repeatable read',
      readOnly: true,
    });
  }
}

async function load(
  trx: Knex.Transaction,
  known: Kept | undefined,
): Promise<Kept> {
  const row = await trx('facts_version').first(
    'version',
    trx.raw('pg_snapshot_xmin(pg_current_snapshot())::text as unseen'),
  );
  const unseen = BigInt(row.unseen);
  // A row knows the transaction that wrote it, but not its epoch.
  const isKnown = known && known.unseen >> EPOCH === unseen >> EPOCH;
  const since = isKnown ? String(known.unseen & LOW) : undefined;
  const paths = new DatabasePathStore(trx);
  const runs = new DatabaseCreationStore(trx);
  const services = await paths.services(since);
  const creations = await runs.facts(since);
  const made: Kept = {
    version: row.version,
    unseen,
    templates: await paths.templates(),
    services: isKnown
      ? merged(known.services, services, one => one.entityRef)
      : services,
    creations: isKnown
      ? merged(known.creations, creations, one => one.taskId).sort(
          (a, b) => a.queuedAt - b.queuedAt,
        )
      : creations,
  };
  const [{ all }] = await trx.select(
    trx.raw(
      `(select count(*) from services)::int
       + (select count(*) from creations)::int as all`,
    ),
  );
  // Somebody has taken rows out.
  const isWhole = made.services.length + made.creations.length === all;
  return isWhole ? made : load(trx, undefined);
}

function merged<T>(
  old: readonly T[],
  changed: readonly T[],
  keyOf: (one: T) => string,
): T[] {
  const all = new Map(old.map(one => [keyOf(one), one]));
  changed.forEach(one => all.set(keyOf(one), one));
  return [...all.values()];
}
