import { parseEntityRef } from '@backstage/catalog-model';
import { ResponseError } from '@backstage/errors';
import { DiscoveryApi, FetchApi } from '@backstage/frontend-plugin-api';
import {
  AdoptionPreviewRequest,
  adoptionPreviewSchema,
  AdoptionRequest,
  adoptionSchema,
  adoptionsSchema,
  driftSchema,
  openedAdoptionSchema,
  openedUpgradeSchema,
  provenanceSchema,
  RolloutRequest,
  rolloutPageSchema,
  rolloutsSchema,
  SnoozeRequest,
  snoozeSchema,
  templatesSchema,
  upgradePreviewSchema,
  upgradesSchema,
} from '@waymark/backstage-plugin-golden-paths-common';
import { z } from 'zod';
import {
  DriftQuery,
  GoldenPathsApi,
  RolloutDeed,
  UpgradeAsked,
  WindowQuery,
} from './GoldenPathsApi';

/** {@link GoldenPathsApi} by REST; an answer of another shape is an error. */
export class GoldenPathsClient implements GoldenPathsApi {
  constructor(
    private readonly discoveryApi: DiscoveryApi,
    private readonly fetchApi: FetchApi,
  ) {}

  getAdoption(query: WindowQuery) {
    return this.get('/adoption', adoptionSchema, query);
  }

  getTemplates(query: WindowQuery) {
    return this.get('/templates', templatesSchema, query);
  }

  getDrift(query: DriftQuery) {
    return this.get('/drift', driftSchema, query);
  }

  getProvenance(entityRef: string) {
    const { kind, namespace, name } = parseEntityRef(entityRef);
    const path = [kind, namespace, name].map(encodeURIComponent).join('/');
    return this.get(`/provenance/${path}`, provenanceSchema);
  }

  async getUpgrades(entityRef: string) {
    const query = { entityRef, state: 'open' };
    return (await this.get('/upgrades', upgradesSchema, query)).items;
  }

  async getAdoptions(entityRef: string) {
    return (await this.get('/adoptions', adoptionsSchema, { entityRef })).items;
  }

  previewAdoption(asked: AdoptionPreviewRequest) {
    return this.post('/adoptions/preview', adoptionPreviewSchema, asked);
  }

  createAdoption(asked: AdoptionRequest) {
    return this.post('/adoptions', openedAdoptionSchema, asked);
  }

  previewUpgrade(asked: UpgradeAsked) {
    return this.post('/upgrades/preview', upgradePreviewSchema, asked);
  }

  createUpgrade(asked: UpgradeAsked) {
    return this.post('/upgrades', openedUpgradeSchema, asked);
  }

  async getRollouts() {
    return (await this.get('/rollouts', rolloutsSchema)).items;
  }

  getRollout(id: string) {
    return this.get(`/rollouts/${encodeURIComponent(id)}`, rolloutPageSchema);
  }

  createRollout(asked: RolloutRequest) {
    return this.post('/rollouts', rolloutPageSchema, asked);
  }

  moveRollout(id: string, deed: RolloutDeed) {
    const path = `/rollouts/${encodeURIComponent(id)}/${deed}`;
    return this.post(path, rolloutPageSchema, {});
  }

  snooze(asked: SnoozeRequest) {
    return this.post('/snoozes', snoozeSchema, asked);
  }

  async endSnooze(entityRef: string) {
    const search = new URLSearchParams({ entityRef });
    await this.ask(`/snoozes?${search}`, { method: 'DELETE' });
  }

  private get<T>(
    path: string,
    schema: z.ZodType<T>,
    query: object = {},
  ): Promise<T> {
    const given = Object.entries(query).filter(
      ([, value]) => value !== undefined,
    );
    const search = new URLSearchParams(
      given.map(([key, value]) => [key, String(value)]),
    ).toString();
    return this.fetch(`${path}${search && `?${search}`}`, schema);
  }

  private post<T>(path: string, schema: z.ZodType<T>, body: object) {
    return this.fetch(path, schema, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  }

  private async fetch<T>(
    path: string,
    schema: z.ZodType<T>,
    init?: RequestInit,
  ): Promise<T> {
    return schema.parse(await (await this.ask(path, init)).json());
  }

  private async ask(path: string, init?: RequestInit): Promise<Response> {
    const base = await this.discoveryApi.getBaseUrl('golden-paths');
    const response = await this.fetchApi.fetch(`${base}${path}`, init);
    // What went wrong is said by the cause; around it is only a status.
    if (!response.ok) throw (await ResponseError.fromResponse(response)).cause;
    return response;
  }
}
