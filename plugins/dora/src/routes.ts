import { createRouteRef } from '@backstage/frontend-plugin-api';

/** Where the pages of delivery begin. */
export const rootRouteRef = createRouteRef();

/** The five of the company, a team, a system or a component. */
export const overviewRouteRef = createRouteRef();

/** The five by team. */
export const teamsRouteRef = createRouteRef();

/** The five by system. */
export const systemsRouteRef = createRouteRef();

/** Golden path and bespoke side by side. */
export const cohortsRouteRef = createRouteRef();

/** What came in of late. */
export const deliveriesRouteRef = createRouteRef();

/** What was counted of a component, and why. */
export const whyRouteRef = createRouteRef();

/** The tab of a component. */
export const entityContentRouteRef = createRouteRef();
