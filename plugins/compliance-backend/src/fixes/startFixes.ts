import {
  AuditorService,
  LoggerService,
  RootConfigService,
  UserInfoService,
} from '@backstage/backend-plugin-api';
import { ScmIntegrations } from '@backstage/integration';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { EventsService } from '@backstage/plugin-events-node';
import { RuleIndex } from '@waymark/backstage-plugin-compliance-common';
import { PolicyEngine } from '@waymark/backstage-plugin-compliance-node';
import { followPullRequests } from '@waymark/repositories';
import { Knex } from 'knex';
import { DatabaseFixStore } from './DatabaseFixStore';
import { Fixes } from './Fixes';
import { FixMaker } from './FixMaker';
import { TreeServices } from './WorkingTree';

/** Offers pull requests, and hears what becomes of them. */
export async function startFixes(
  services: TreeServices & {
    auditor: AuditorService;
    catalog: CatalogService;
    config: RootConfigService;
    engine: PolicyEngine;
    events: EventsService;
    index: RuleIndex;
    integrations: ScmIntegrations;
    knex: Knex;
    logger: LoggerService;
    platformTeam: string;
    userInfo: UserInfoService;
  },
): Promise<Fixes> {
  const { config, events, knex } = services;
  const fixes = new DatabaseFixStore(knex);
  await followPullRequests(events, 'compliance-fixes', (...told) =>
    fixes.setState(...told),
  );
  return new Fixes({
    ...services,
    fixes,
    maker: new FixMaker(services),
    portalUrl: config.getString('app.baseUrl').replace(/\/+$/, ''),
    sharing: async repository => {
      const [{ components }] = await knex('components')
        .where({ repository })
        .whereNull('removed_at')
        .select(knex.raw('count(*)::int as components'));
      return components;
    },
  });
}
