import {
  ApiBlueprint,
  createFrontendPlugin,
  discoveryApiRef,
  fetchApiRef,
  PageBlueprint,
  SubPageBlueprint,
} from '@backstage/frontend-plugin-api';
import {
  EntityCardBlueprint,
  EntityContentBlueprint,
} from '@backstage/plugin-catalog-react/alpha';
import { RiShieldCheckLine } from '@remixicon/react';
import { complianceApiRef } from './api/ComplianceApi';
import { ComplianceClient } from './api/ComplianceClient';
import {
  campaignRouteRef,
  campaignsRouteRef,
  companyRouteRef,
  entityContentRouteRef,
  exemptionsRouteRef,
  healthRouteRef,
  newCampaignRouteRef,
  rootRouteRef,
  ruleRouteRef,
  rulesRouteRef,
} from './routes';

const SCORED = { kind: 'component' };

/** The client of the backend. */
export const complianceApi = ApiBlueprint.make({
  params: define =>
    define({
      api: complianceApiRef,
      deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
      factory: ({ discoveryApi, fetchApi }) =>
        new ComplianceClient(discoveryApi, fetchApi),
    }),
});

/** All that is said of a component. */
export const complianceTab = EntityContentBlueprint.make({
  params: {
    path: 'compliance',
    title: 'Compliance',
    icon: <RiShieldCheckLine />,
    routeRef: entityContentRouteRef,
    filter: SCORED,
    loader: () =>
      import('./components/entity/ComplianceTab').then(m => (
        <m.ComplianceTab />
      )),
  },
});

/** The score on the overview. */
export const complianceCard = EntityCardBlueprint.make({
  params: {
    type: 'content',
    filter: SCORED,
    loader: () =>
      import('./components/entity/ComplianceCard').then(m => (
        <m.ComplianceCard />
      )),
  },
});

/** The pages of the company, each of them a sub-page. */
export const compliancePage = PageBlueprint.make({
  params: {
    path: '/compliance',
    title: 'Compliance',
    icon: <RiShieldCheckLine />,
    routeRef: rootRouteRef,
  },
});

/** Scores of all. */
export const companyPage = SubPageBlueprint.make({
  name: 'overview',
  params: {
    path: 'overview',
    title: 'Overview',
    routeRef: companyRouteRef,
    loader: () =>
      import('./components/company/CompanyPage').then(m => <m.CompanyPage />),
  },
});

/** All rules, and each of them. */
export const rulesPage = SubPageBlueprint.make({
  name: 'rules',
  params: {
    path: 'rules',
    title: 'Rules',
    routeRef: rulesRouteRef,
    loader: () =>
      import('./components/rules/RulesPage').then(m => <m.RulesPage />),
  },
});

/** Exemptions, to be decided on. */
export const exemptionsPage = SubPageBlueprint.make({
  name: 'exemptions',
  params: {
    path: 'exemptions',
    title: 'Exemptions',
    routeRef: exemptionsRouteRef,
    loader: () =>
      import('./components/exemptions/ExemptionsPage').then(m => (
        <m.ExemptionsPage />
      )),
  },
});

/** What owners are asked to do by a day. */
export const campaignsPage = SubPageBlueprint.make({
  name: 'campaigns',
  params: {
    path: 'campaigns',
    title: 'Campaigns',
    routeRef: campaignsRouteRef,
    loader: () =>
      import('./components/campaigns/CampaignsPage').then(m => (
        <m.CampaignsPage />
      )),
  },
});

/** Whether facts come in. */
export const healthPage = SubPageBlueprint.make({
  name: 'health',
  params: {
    path: 'health',
    title: 'Health',
    routeRef: healthRouteRef,
    loader: () =>
      import('./components/health/HealthPage').then(m => <m.HealthPage />),
  },
});

/** How far rules are kept. */
export const compliancePlugin = createFrontendPlugin({
  pluginId: 'compliance',
  title: 'Compliance',
  icon: <RiShieldCheckLine />,
  extensions: [
    complianceApi,
    complianceTab,
    complianceCard,
    compliancePage,
    companyPage,
    rulesPage,
    exemptionsPage,
    campaignsPage,
    healthPage,
  ],
  routes: {
    root: rootRouteRef,
    company: companyRouteRef,
    rules: rulesRouteRef,
    rule: ruleRouteRef,
    exemptions: exemptionsRouteRef,
    campaigns: campaignsRouteRef,
    newCampaign: newCampaignRouteRef,
    campaign: campaignRouteRef,
    health: healthRouteRef,
    entityContent: entityContentRouteRef,
  },
});
