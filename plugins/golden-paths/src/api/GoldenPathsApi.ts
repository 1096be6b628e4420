import { createApiRef } from '@backstage/frontend-plugin-api';
import {
  AdoptionAnswer,
  DriftAnswer,
  OpenedUpgrade,
  ProvenanceAnswer,
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
  inputs?: Record<string, string | number | boolean>;
}

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
  /** What a pull request would change. */
  previewUpgrade(asked: UpgradeAsked): Promise<UpgradePreview>;
  /** Opens it, or brings the one that is open up to date. */
  createUpgrade(asked: UpgradeAsked): Promise<OpenedUpgrade>;
}

/** The golden paths' backend. */
export const goldenPathsApiRef = createApiRef<GoldenPathsApi>({
  id: 'plugin.golden-paths.service',
});
