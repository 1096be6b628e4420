import {
  AuditorService,
  AuthService,
  BackstageCredentials,
  RootConfigService,
  UrlReaderService,
  UserInfoService,
} from '@backstage/backend-plugin-api';
import { ScmIntegrations } from '@backstage/integration';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { EventsService } from '@backstage/plugin-events-node';
import {
  isTemplateEntityV1beta3,
  TemplateEntityV1beta3,
} from '@backstage/plugin-scaffolder-common';
import { followPullRequests, GithubClients } from '@waymark/repositories';
import { Knex } from 'knex';
import { Engine } from '../engine';
import { TemplateVersions } from './TemplateVersions';
import { UpgradeMaker } from './UpgradeMaker';
import { Upgrades } from './Upgrades';
import { UpgradeStore } from './UpgradeStore';

/** Upgrades, and what else brings new versions to services. */
export interface Upgrading {
  upgrades: Upgrades;
  store: UpgradeStore;
  versions: TemplateVersions;
  template(
    ref: string,
    credentials: BackstageCredentials,
  ): Promise<TemplateEntityV1beta3 | undefined>;
}

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
}): Promise<Upgrading> {
  const { catalog, config, events, integrations, knex } = services;
  const clients = new GithubClients(integrations);
  const store = new UpgradeStore(knex);
  await followPullRequests(events, 'golden-paths-upgrades', (...told) =>
    store.setState(...told),
  );
  const versions = new TemplateVersions({ ...services, clients });
  const template: Upgrading['template'] = async (ref, credentials) => {
    const entity = await catalog.getEntityByRef(ref, { credentials });
    return entity && isTemplateEntityV1beta3(entity) ? entity : undefined;
  };
  const maker = new UpgradeMaker({ ...services, clients, versions, template });
  const upgrades = new Upgrades({
    ...services,
    maker,
    portalUrl: portalUrlOf(config),
    store,
  });
  return { upgrades, store, versions, template };
}

/** For links from elsewhere. */
export function portalUrlOf(config: RootConfigService): string {
  return config.getString('app.baseUrl').replace(/\/+$/, '');
}
