import { AuthService, UrlReaderService } from '@backstage/backend-plugin-api';
import { ScmIntegrations } from '@backstage/integration';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { GithubClients } from '@waymark/repositories';
import { Paths } from '../api/Paths';
import { Visibility } from '../api/Visibility';
import { Engine } from '../engine';
import { TemplateVersions } from '../upgrades/TemplateVersions';
import { Reach } from './Reach';

/** Answers what a pull request of a template would reach. */
export function startReach(services: {
  auth: AuthService;
  catalog: CatalogService;
  engine: Engine;
  integrations: ScmIntegrations;
  paths: Paths;
  urlReader: UrlReaderService;
  visibility: Visibility;
}): Reach {
  const clients = new GithubClients(services.integrations);
  const versions = new TemplateVersions({ ...services, clients });
  return new Reach({ ...services, clients, versions });
}
