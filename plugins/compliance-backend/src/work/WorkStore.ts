import { Part } from '@waymark/backstage-plugin-compliance-common';
import { Knex } from 'knex';

/** A component that one worker has for itself until its lease is over. */
export interface Claim {
  id: number;
  entityRef: string;
  /** Grows with each claim: what is written with an older one is refused. */
  fence: number;
  /** What had been asked for when it was claimed. */
  wanted: number;
  /** Whether facts are collected, or only judged again. */
  collect: boolean;
  /** How often in a row something did not answer. */
  retries: number;
  /** Of the rules of the last evaluation; none before the first. */
  revision?: string;
  /** Hash of each part of the facts at the last evaluation. */
  basis: Partial<Record<Part, string>>;
}

/** Which components are asked to be done. */
export type Selection =
  | { entityRefs: readonly string[] }
  | {
      /** `host/owner/name` in small letters. */
      repository: string;
      /** Components of another branch are left out. */
      branch?: { name: string; isDefault: boolean };
    };

/** What a worker found out about a component, for the next round. */
export interface Outcome {
  claim: Claim;
  revision: string;
  basis: Partial<Record<Part, string>>;
  /** Whether the facts were collected. */
  collected: boolean;
  /** When it is next due unless it is asked for before, in seconds from now. */
  nextInSeconds: number;
  /** Whether something did not answer, and is asked again before all else. */
  soon?: boolean;
}

/** The work that waits, shared by all replicas. */
export interface WorkStore {
  /**
   * Asks for components; `urgent` ones are done first.
   *
   * @returns their ids
   */
  want(
    selection: Selection,
    how: { collect: boolean; urgent: boolean },
  ): Promise<number[]>;
  /**
   * Says which rules are in force, those of the process that started last, and
   * asks for every component that was judged by others.
   *
   * @param rules - revision of the rules as they were built
   * @param revision - of these with those that were promoted
   */
  startWith(rules: string, revision?: string): Promise<void>;
  /** Asks for what was judged by others meanwhile, where these are in force. */
  wantOutdated(rules: string, revision?: string): Promise<void>;
  /** Takes what is due, most urgent first. */
  claim(
    worker: string,
    options: { limit: number; collect?: boolean; ids?: readonly number[] },
  ): Promise<Claim[]>;
  /** Keeps claims for another lease. */
  renew(claims: readonly Claim[]): Promise<void>;
  /** Locks those of the claims that still hold; nobody else writes them now. */
  lock(trx: Knex.Transaction, claims: readonly Claim[]): Promise<Claim[]>;
  /** Ends claims that are locked. */
  finish(trx: Knex.Transaction, outcomes: readonly Outcome[]): Promise<void>;
  /** Gives up claims that came to nothing; they are due again after a while. */
  abandon(claims: readonly Claim[], seconds: number): Promise<void>;
}
