import {
  createRouteRef,
  createSubRouteRef,
} from '@backstage/frontend-plugin-api';

/** Where the pages of the company begin. */
export const rootRouteRef = createRouteRef();

/** Scores of all, by team and by component. */
export const companyRouteRef = createRouteRef();

/** All rules. */
export const rulesRouteRef = createRouteRef();

/** One rule. */
export const ruleRouteRef = createSubRouteRef({
  parent: rulesRouteRef,
  path: '/:id',
});

/** Exemptions asked for, holding and ended. */
export const exemptionsRouteRef = createRouteRef();

/** All campaigns. */
export const campaignsRouteRef = createRouteRef();

/** The form for a new one. */
export const newCampaignRouteRef = createSubRouteRef({
  parent: campaignsRouteRef,
  path: '/new',
});

/** One campaign. */
export const campaignRouteRef = createSubRouteRef({
  parent: campaignsRouteRef,
  path: '/:id',
});

/** How the collectors of facts are. */
export const healthRouteRef = createRouteRef();

/** The tab of a component. */
export const entityContentRouteRef = createRouteRef();
