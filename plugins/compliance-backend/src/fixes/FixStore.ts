import { OpenedFix } from '@waymark/backstage-plugin-compliance-common';

/** A pull request, and where it is. */
export interface StoredFix extends OpenedFix {
  /** `host/owner/name` in small letters. */
  repository: string;
  branch: string;
}

/** Which are listed. */
export interface FixFilter {
  entityRef?: string;
  state?: OpenedFix['state'];
}

/** Pull requests that were opened for rules. */
export interface FixStore {
  /** Adds it, or takes over how it is now. */
  save(fix: StoredFix): Promise<void>;
  /** Newest first. */
  list(filter: FixFilter): Promise<StoredFix[]>;
  /** Open ones of a component that the Git host was not asked about lately. */
  stale(entityRef: string, seconds: number): Promise<StoredFix[]>;
  /** Nothing where it is none of ours. */
  setState(
    repository: string,
    number: number,
    state: OpenedFix['state'],
  ): Promise<void>;
}
