import { ResponseError } from '@backstage/errors';
import { DiscoveryApi, FetchApi } from '@backstage/frontend-plugin-api';
import {
  changesSchema,
  cohortsSchema,
  deploymentsSchema,
  explainSchema,
  incidentsSchema,
  metricsSchema,
} from '@waymark/backstage-plugin-dora-common';
import { z } from 'zod';
import { backfillsSchema } from './backfill';
import { deliveriesSchema } from './deliveries';
import { DoraApi, ListQuery, MetricsQuery } from './DoraApi';

/** {@link DoraApi} by REST; an answer of another shape is an error. */
export class DoraClient implements DoraApi {
  constructor(
    private readonly discoveryApi: DiscoveryApi,
    private readonly fetchApi: FetchApi,
  ) {}

  getMetrics(query: MetricsQuery) {
    return this.get('/metrics', metricsSchema, query);
  }

  getCohorts(query: Parameters<DoraApi['getCohorts']>[0]) {
    return this.get('/cohorts', cohortsSchema, query);
  }

  getDeployments(query: ListQuery) {
    return this.get('/deployments', deploymentsSchema, query);
  }

  getChanges(query: ListQuery) {
    return this.get('/changes', changesSchema, query);
  }

  getIncidents(query: ListQuery) {
    return this.get('/incidents', incidentsSchema, query);
  }

  explain(query: Parameters<DoraApi['explain']>[0]) {
    return this.get('/explain', explainSchema, query);
  }

  getDeliveries(query: Parameters<DoraApi['getDeliveries']>[0]) {
    return this.get('/deliveries', deliveriesSchema, query);
  }

  async replay(id: string): Promise<void> {
    const path = `/deliveries/${encodeURIComponent(id)}/replay`;
    await this.fetch(path, { method: 'POST' });
  }

  getBackfills(query: Parameters<DoraApi['getBackfills']>[0]) {
    return this.get('/backfill', backfillsSchema, query);
  }

  async startBackfill(repository?: string): Promise<void> {
    await this.fetch('/backfill', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ repository }),
    });
  }

  async webhookAddress(source: string): Promise<string> {
    const base = await this.discoveryApi.getBaseUrl('dora');
    return `${base}/webhooks/${source}`;
  }

  private async get<T>(
    path: string,
    schema: z.ZodType<T>,
    query: object,
  ): Promise<T> {
    const given = Object.entries(query).filter(
      ([, value]) => value !== undefined,
    );
    const search = new URLSearchParams(
      given.map(([key, value]) => [key, String(value)]),
    ).toString();
    const response = await this.fetch(search ? `${path}?${search}` : path);
    return schema.parse(await response.json());
  }

  private async fetch(path: string, init?: RequestInit): Promise<Response> {
    const base = await this.discoveryApi.getBaseUrl('dora');
    const response = await this.fetchApi.fetch(`${base}${path}`, init);
    // What went wrong is said by the cause; around it is only a status.
    if (!response.ok) throw (await ResponseError.fromResponse(response)).cause;
    return response;
  }
}
