import { parseEntityRef } from '@backstage/catalog-model';
import { ResponseError } from '@backstage/errors';
import { DiscoveryApi, FetchApi } from '@backstage/frontend-plugin-api';
import {
  Campaign,
  campaignComponentsSchema,
  campaignPageSchema,
  campaignPreviewSchema,
  campaignReminderSchema,
  CampaignRequest,
  campaignSchema,
  campaignsSchema,
  CampaignStateRequest,
  componentPageSchema,
  ComponentReport,
  componentReportSchema,
  ExemptionRequest,
  exemptionsSchema,
  fixesSchema,
  fixPreviewSchema,
  FixRequest,
  healthSchema,
  historySchema,
  OpenedFix,
  openedFixSchema,
  Outcome,
  rulePageSchema,
  rulesSchema,
  summarySchema,
} from '@waymark/backstage-plugin-compliance-common';
import { z } from 'zod';
import {
  CampaignComponentQuery,
  ComplianceApi,
  ComponentQuery,
  HistoryOf,
} from './ComplianceApi';

type Query = Record<string, string | number | boolean | undefined>;

const campaignPath = (id: string) => `/campaigns/${encodeURIComponent(id)}`;

/** {@link ComplianceApi} by REST; an answer of another shape is an error. */
export class ComplianceClient implements ComplianceApi {
  constructor(
    private readonly discoveryApi: DiscoveryApi,
    private readonly fetchApi: FetchApi,
  ) {}

  async getReport(entityRef: string): Promise<ComponentReport | undefined> {
    const response = await this.fetch(pathOf(entityRef));
    if (response.status === 204) return undefined;
    return componentReportSchema.parse(await response.json());
  }

  async refresh(entityRef: string): Promise<void> {
    await this.post(`${pathOf(entityRef)}/refresh`, {});
  }

  getComponents(query: ComponentQuery) {
    return this.get('/scores', componentPageSchema, { ...query });
  }

  getSummary(by: 'owner' | 'system') {
    return this.get('/summary', summarySchema, { by });
  }

  getHistory(of: HistoryOf) {
    return this.get('/history', historySchema, { ...of });
  }

  getRules() {
    return this.get('/rules', rulesSchema);
  }

  getRule(
    id: string,
    query: { outcome?: Outcome; limit?: number; offset?: number },
  ) {
    return this.get(`/rules/${encodeURIComponent(id)}`, rulePageSchema, query);
  }

  async getExemptions(filter: { entityRef?: string } = {}) {
    const { items } = await this.get('/exemptions', exemptionsSchema, filter);
    return items;
  }

  async requestExemption(request: ExemptionRequest): Promise<void> {
    await this.post('/exemptions', request);
  }

  async decideExemption(
    id: string,
    decision: 'approve' | 'deny' | 'end',
    comment: string,
  ): Promise<void> {
    const path = `/exemptions/${encodeURIComponent(id)}/decision`;
    await this.post(path, { decision, comment });
  }

  async previewFix(request: FixRequest) {
    const response = await this.post('/fixes/preview', request);
    return fixPreviewSchema.parse(await response.json());
  }

  async createFix(request: FixRequest) {
    const response = await this.post('/fixes', request);
    return openedFixSchema.parse(await response.json());
  }

  async getFixes(filter: { entityRef: string; state?: OpenedFix['state'] }) {
    const { items } = await this.get('/fixes', fixesSchema, filter);
    return items;
  }

  getHealth() {
    return this.get('/health', healthSchema);
  }

  async getCampaigns(filter: { state?: Campaign['state'] } = {}) {
    const { items } = await this.get('/campaigns', campaignsSchema, filter);
    return items;
  }

  getCampaign(id: string) {
    return this.get(campaignPath(id), campaignPageSchema);
  }

  getCampaignComponents(id: string, query: CampaignComponentQuery) {
    const path = `${campaignPath(id)}/components`;
    return this.get(path, campaignComponentsSchema, { ...query });
  }

  async previewCampaign(request: Pick<CampaignRequest, 'rules' | 'scope'>) {
    const response = await this.post('/campaigns/preview', request);
    return campaignPreviewSchema.parse(await response.json());
  }

  async createCampaign(request: CampaignRequest) {
    const response = await this.post('/campaigns', request);
    return campaignSchema.parse(await response.json());
  }

  async updateCampaign(id: string, request: CampaignRequest) {
    const response = await this.send('PUT', campaignPath(id), request);
    return campaignSchema.parse(await response.json());
  }

  async deleteCampaign(id: string) {
    await this.fetch(campaignPath(id), { method: 'DELETE' });
  }

  async setCampaignState(id: string, change: CampaignStateRequest) {
    await this.post(`${campaignPath(id)}/state`, change);
  }

  async remindOwners(id: string): Promise<number> {
    const response = await this.post(`${campaignPath(id)}/reminders`, {});
    return campaignReminderSchema.parse(await response.json()).owners;
  }

  private async get<T>(
    path: string,
    schema: z.ZodType<T>,
    query: Query = {},
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

  private post(path: string, body: object) {
    return this.send('POST', path, body);
  }

  private send(method: 'POST' | 'PUT', path: string, body: object) {
    return this.fetch(path, {
      method,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  }

  private async fetch(path: string, init?: RequestInit): Promise<Response> {
    const base = await this.discoveryApi.getBaseUrl('compliance');
    const response = await this.fetchApi.fetch(`${base}${path}`, init);
    // What went wrong is said by the cause; around it is only a status.
    if (!response.ok) throw (await ResponseError.fromResponse(response)).cause;
    return response;
  }
}

function pathOf(entityRef: string): string {
  const { kind, namespace, name } = parseEntityRef(entityRef);
  return `/scores/${[kind, namespace, name].map(encodeURIComponent).join('/')}`;
}
