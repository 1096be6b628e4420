import { createApiRef } from '@backstage/frontend-plugin-api';
import {
  AdoptionAnswer,
  DriftAnswer,
  ProvenanceAnswer,
  Standing,
  TemplatesAnswer,
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

/** What the portal knows of golden paths. */
export interface GoldenPathsApi {
  getAdoption(query: WindowQuery): Promise<AdoptionAnswer>;
  getTemplates(query: WindowQuery): Promise<TemplatesAnswer>;
  /** Those furthest behind first. */
  getDrift(query: DriftQuery): Promise<DriftAnswer>;
  /** Where an entity came from. */
  getProvenance(entityRef: string): Promise<ProvenanceAnswer>;
}

/** The golden paths' backend. */
export const goldenPathsApiRef = createApiRef<GoldenPathsApi>({
  id: 'plugin.golden-paths.service',
});
