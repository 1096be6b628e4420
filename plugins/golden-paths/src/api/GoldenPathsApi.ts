import { createApiRef } from '@backstage/frontend-plugin-api';
import {
  AdoptionAnswer,
  AdoptionPreview,
  AdoptionPreviewRequest,
  AdoptionRequest,
  DriftAnswer,
  NewInputs,
  OpenedAdoption,
  OpenedUpgrade,
  ProvenanceAnswer,
  Rollout,
  RolloutPage,
  RolloutRequest,
  Snooze,
  SnoozeRequest,
  Standing,
  TemplatesAnswer,
  UpgradePreview,
} from '@waymark/backstage-plugin-golden-paths-common';

/** When; half-open. */
export interface WindowQuery {
  /** A day, `2026-12-31`, or an instant. */
  from?: string;
  to?: string;
  /** IANA name. */
  timeZone?: string;
}

export interface DriftQuery {
  owner?: string;
  templateRef?: string;
  standing?: Standing;
  offset?: number;
  limit?: number;
}

/** A service to be brought to the newest version of its golden path. */
export interface UpgradeAsked {
  entityRef: string;
  /** Answers to what only the new version asks. */
  inputs?: NewInputs;
}

/** What can be done with a rollout. */
export type RolloutDeed = 'go-on' | 'pause' | 'stop' | 'retry';

/** What the portal knows of golden paths. */
export interface GoldenPathsApi {
  getAdoption(query: WindowQuery): Promise<AdoptionAnswer>;
  getTemplates(query: WindowQuery): Promise<TemplatesAnswer>;
  /** Those furthest behind first. */
  getDrift(query: DriftQuery): Promise<DriftAnswer>;
  /** Where an entity came from. */
  getProvenance(entityRef: string): Promise<ProvenanceAnswer>;
  /** Pull requests that upgrade it and are open. */
  getUpgrades(entityRef: string): Promise<OpenedUpgrade[]>;
  /** Pull requests that put it on a golden path, the newest first. */
  getAdoptions(entityRef: string): Promise<OpenedAdoption[]>;
  /** Which golden path it looks like, or what a choice would write. */
  previewAdoption(asked: AdoptionPreviewRequest): Promise<AdoptionPreview>;
  /** Opens it, or brings the one that is open up to date. */
  createAdoption(asked: AdoptionRequest): Promise<OpenedAdoption>;
  /** What a pull request would change. */
  previewUpgrade(asked: UpgradeAsked): Promise<UpgradePreview>;
  /** Opens it, or brings the one that is open up to date. */
  createUpgrade(asked: UpgradeAsked): Promise<OpenedUpgrade>;
  /** Newest first. */
  getRollouts(): Promise<Rollout[]>;
  getRollout(id: string): Promise<RolloutPage>;
  createRollout(asked: RolloutRequest): Promise<RolloutPage>;
  /** `retry`: of all that failed. */
  moveRollout(id: string, deed: RolloutDeed): Promise<RolloutPage>;
  /** Puts off the upgrade to the newest version. */
  snooze(asked: SnoozeRequest): Promise<Snooze>;
  endSnooze(entityRef: string): Promise<void>;
}

/** The golden paths' backend. */
export const goldenPathsApiRef = createApiRef<GoldenPathsApi>({
  id: 'plugin.golden-paths.service',
});
