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
import { isTemplateEntityV1beta3 } from '@backstage/plugin-scaffolder-common';
import { followPullRequests, GithubClients } from '@waymark/repositories';
import { Knex } from 'knex';
import { Engine } from '../engine';
import { TemplateVersions } from './TemplateVersions';
import { UpgradeMaker } from './UpgradeMaker';
import { Upgrades } from './Upgrades';
import { UpgradeStore } from './UpgradeStore';

/** Offers upgrades, and hears what becomes of them. */
export async function startUpgrades(services: {
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
}): Promise<Upgrades> {
  const { catalog, config, events, integrations, knex } = services;
  const clients = new GithubClients(integrations);
  const store = new UpgradeStore(knex);
  await followPullRequests(events, 'golden-paths-upgrades', (...told) =>
    store.setState(...told),
  );
  return new Upgrades({
    ...services,
    store,
    portalUrl: config.getString('app.baseUrl').replace(/\/+$/, ''),
    maker: new UpgradeMaker({
      ...services,
      clients,
      versions: new TemplateVersions({ ...services, clients }),
      template: async (ref, credentials) => {
        const entity = await catalog.getEntityByRef(ref, { credentials });
        return entity && isTemplateEntityV1beta3(entity) ? entity : undefined;
      },
    }),
  });
}
