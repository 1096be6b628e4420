import {
  AuditorService,
  AuthService,
  RootConfigService,
  UrlReaderService,
  UserInfoService,
} from '@backstage/backend-plugin-api';
import { ScmIntegrations } from '@backstage/integration';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { EventsService } from '@backstage/plugin-events-node';
import { followPullRequests, GithubClients } from '@waymark/repositories';
import { Knex } from 'knex';
import { Engine } from '../engine';
import { TemplateVersions } from '../upgrades/TemplateVersions';
import { AdoptionMaker } from './AdoptionMaker';
import { Adoptions } from './Adoptions';
import { AdoptionStore } from './AdoptionStore';
import { TemplatePaths } from './TemplatePaths';

/** Offers adoptions, and hears what becomes of them. */
export async function startAdoptions(services: {
  auditor: AuditorService;
  auth: AuthService;
  catalog: CatalogService;
  config: RootConfigService;
  engine: Engine;
  events: EventsService;
  integrations: ScmIntegrations;
  knex: Knex;
  platformTeam: string;
  urlReader: UrlReaderService;
  userInfo: UserInfoService;
}): Promise<Adoptions> {
  const { config, events, integrations, knex } = services;
  const clients = new GithubClients(integrations);
  const store = new AdoptionStore(knex);
  await followPullRequests(events, 'golden-paths-adoptions', (...told) =>
    store.setState(...told),
  );
  const portalUrl = config.getString('app.baseUrl').replace(/\/+$/, '');
  const versions = new TemplateVersions({ ...services, clients });
  const paths = new TemplatePaths({ ...services, clients, versions });
  return new Adoptions({
    ...services,
    portalUrl,
    store,
    maker: new AdoptionMaker({ clients, integrations, paths, portalUrl }),
  });
}
