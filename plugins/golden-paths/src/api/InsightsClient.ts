import { parseEntityRef } from '@backstage/catalog-model';
import { ResponseError } from '@backstage/errors';
import { DiscoveryApi, FetchApi } from '@backstage/frontend-plugin-api';
import {
  funnelSchema,
  outcomesSchema,
  reachSchema,
  templatePageSchema,
  Visit,
} from '@waymark/backstage-plugin-golden-paths-common';
import { DriftQuery, WindowQuery } from './GoldenPathsApi';
import { InsightsApi, TableName } from './InsightsApi';

/** {@link InsightsApi} by REST; an answer of another shape is an error. */
export class InsightsClient implements InsightsApi {
  constructor(
    private readonly discoveryApi: DiscoveryApi,
    private readonly fetchApi: FetchApi,
  ) {}

  async getFunnel(query: WindowQuery) {
    return funnelSchema.parse(await this.json(withQuery('/funnel', query)));
  }

  async getOutcomes(query: WindowQuery) {
    return outcomesSchema.parse(await this.json(withQuery('/outcomes', query)));
  }

  async getTemplate(templateRef: string, query: WindowQuery) {
    const { namespace, name } = parseEntityRef(templateRef);
    const path = [namespace, name].map(encodeURIComponent).join('/');
    return templatePageSchema.parse(
      await this.json(withQuery(`/templates/${path}`, query)),
    );
  }

  async getReach(templateRef: string, pullRequest: number) {
    const response = await this.post('/reach', { templateRef, pullRequest });
    return reachSchema.parse(await response.json());
  }

  async getTable(name: TableName, query: WindowQuery | DriftQuery) {
    return (await this.fetch(withQuery(`/${name}.csv`, query))).text();
  }

  async sendVisit(visit: Visit) {
    await this.post('/visits', visit);
  }

  private async json(path: string): Promise<unknown> {
    return (await this.fetch(path)).json();
  }

  private post(path: string, body: object) {
    return this.fetch(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
      // A form that is sent leads to another page.
      keepalive: true,
    });
  }

  private async fetch(path: string, init?: RequestInit) {
    const base = await this.discoveryApi.getBaseUrl('golden-paths');
    const response = await this.fetchApi.fetch(`${base}${path}`, init);
    // What went wrong is said by the cause; around it is only a status.
    if (!response.ok) throw (await ResponseError.fromResponse(response)).cause;
    return response;
  }
}

function withQuery(path: string, query: object): string {
  const given = Object.entries(query).filter(
    ([, value]) => value !== undefined,
  );
  const search = new URLSearchParams(
    given.map(([key, value]) => [key, String(value)]),
  ).toString();
  return `${path}${search && `?${search}`}`;
}
