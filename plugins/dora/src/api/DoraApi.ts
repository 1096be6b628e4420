import { createApiRef } from '@backstage/frontend-plugin-api';
import {
  Bots,
  ChangesPage,
  Cohort,
  CohortKey,
  CohortsAnswer,
  DeploymentsPage,
  ExplainAnswer,
  ExplainedKind,
  IncidentsPage,
  IntervalUnit,
  MetricsAnswer,
  Outcome,
} from '@waymark/backstage-plugin-dora-common';
import { BackfillsPage } from './backfill';
import { DeliveriesPage, DeliveryState } from './deliveries';

/** Whose events: one of them, or none for the whole company's. */
export interface ScopeQuery {
  entityRef?: string;
  owner?: string;
  system?: string;
  cohort?: Cohort;
}

/** When; half-open. */
export interface WindowQuery {
  /** A day, `2026-12-31`, or an instant. */
  from: string;
  to: string;
  /** IANA name. */
  timeZone: string;
}

export interface MetricsQuery extends ScopeQuery, WindowQuery {
  interval: IntervalUnit;
  bots?: Bots;
}

export interface ListQuery extends ScopeQuery, WindowQuery {
  /** Those that a value was made of; without it, all. */
  counted?: string;
  /** Of changes. */
  bots?: Bots;
  /** Of changes: those that it brought. */
  deployment?: string;
  limit?: number;
  cursor?: string;
}

/** What the portal knows of how changes reach production. */
export interface DoraApi {
  getMetrics(query: MetricsQuery): Promise<MetricsAnswer>;
  getCohorts(
    query: WindowQuery & { by: CohortKey; bots?: Bots },
  ): Promise<CohortsAnswer>;
  getDeployments(query: ListQuery): Promise<DeploymentsPage>;
  getChanges(query: ListQuery): Promise<ChangesPage>;
  getIncidents(query: ListQuery): Promise<IncidentsPage>;
  /** Which events of a component were counted, which were not, and why. */
  explain(query: {
    entityRef: string;
    kind?: ExplainedKind;
    outcome?: Outcome;
    limit?: number;
    cursor?: string;
  }): Promise<ExplainAnswer>;
  /** What came in, latest first, and what became of it. */
  getDeliveries(query: {
    state?: DeliveryState;
    limit?: number;
    cursor?: string;
  }): Promise<DeliveriesPage>;
  /** Reads a delivery again. */
  replay(id: string): Promise<void>;
  /** How far the histories of repositories were fetched. */
  getBackfills(query: {
    limit?: number;
    cursor?: string;
  }): Promise<BackfillsPage>;
  /** Fetches the history again, of one repository or all. */
  startBackfill(repository?: string): Promise<void>;
  /** Where a source sends its webhooks. */
  webhookAddress(source: string): Promise<string>;
}

/** The dora backend. */
export const doraApiRef = createApiRef<DoraApi>({ id: 'plugin.dora.service' });
