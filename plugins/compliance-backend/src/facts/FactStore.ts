import { Part } from '@waymark/backstage-plugin-compliance-common';
import { Again } from '@waymark/backstage-plugin-compliance-node';
import { Knex } from 'knex';

/** A part of what is known of a component, and where it comes from. */
export type Fact = {
  part: Part;
  /** Where it was read. */
  source?: string;
  collectedAt: Date;
} & (
  | {
      /** As `Facts` has it; null where there is nothing to be known. */
      data: unknown;
      /** The same: it is asked for more often than made. */
      json: string;
      /** Of the data. */
      hash: string;
      /** Given back to the source, which says whether anything changed. */
      etag?: string;
    }
  | {
      /** Why it is not known, in words for the owner. */
      error: string;
      /** It may be known in a moment; not stored. */
      again?: Again;
    }
);

/** A fact without what it says. */
export type Origin = Pick<Fact, 'part' | 'source' | 'collectedAt'> & {
  error?: string;
};

/** What is known of components. */
export interface FactStore {
  /** By component. */
  read(ids: readonly number[]): Promise<Map<number, Fact[]>>;
  origins(id: number): Promise<Origin[]>;
  /** Puts facts in the place of those of the same parts. */
  save(
    trx: Knex.Transaction,
    facts: readonly { id: number; fact: Fact }[],
  ): Promise<void>;
}
