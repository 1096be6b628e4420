import {
  ComponentReport,
  Reached,
  Score,
  Track,
  Verdict,
} from '@waymark/backstage-plugin-compliance-common';
import { Knex } from 'knex';

/** A verdict that is not what it was. */
export type Change = Omit<ComponentReport['changes'][number], 'at'>;

/** What an evaluation makes of a component's verdicts. */
export interface VerdictDiff {
  id: number;
  /** New, or not as they were. */
  written: readonly Verdict[];
  /** On rules that are gone. */
  removed: readonly string[];
  changes: readonly Change[];
}

/** What a component's verdicts add up to. */
export interface ComponentScores {
  id: number;
  total: Score;
  tracks: readonly (Score & { track: Track; level: Reached })[];
}

/** What is said of a component now. */
export interface Standing {
  /** Of the last evaluation; none before the first. */
  evaluatedAt?: Date;
  revision?: string;
  total?: Score;
  tracks: ComponentReport['tracks'];
  verdicts: Verdict[];
  /** Of the last seven days, newest first. */
  changes: ComponentReport['changes'];
}

/** Verdicts, what changed about them, and what they add up to. */
export interface VerdictStore {
  /** By component. */
  read(ids: readonly number[]): Promise<Map<number, Verdict[]>>;
  save(
    trx: Knex.Transaction,
    diffs: readonly VerdictDiff[],
    scores: readonly ComponentScores[],
  ): Promise<void>;
  /** Undefined for what is no component of the catalog. */
  standing(entityRef: string): Promise<(Standing & { id: number }) | undefined>;
}
