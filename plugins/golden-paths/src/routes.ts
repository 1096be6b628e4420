import {
  createRouteRef,
  createSubRouteRef,
} from '@backstage/frontend-plugin-api';

/** Where the pages of golden paths begin. */
export const rootRouteRef = createRouteRef();

/** How far they are taken. */
export const adoptionRouteRef = createRouteRef();

/** How each of them does. */
export const templatesRouteRef = createRouteRef();

/** One of them. */
export const templateRouteRef = createSubRouteRef({
  parent: templatesRouteRef,
  path: '/:namespace/:name',
});

/** What comes of them. */
export const outcomesRouteRef = createRouteRef();

/** What they save. */
export const returnRouteRef = createRouteRef();

/** Which services are behind. */
export const driftRouteRef = createRouteRef();

/** New versions brought to all services. */
export const rolloutsRouteRef = createRouteRef();

/** The form that begins one. */
export const newRolloutRouteRef = createSubRouteRef({
  parent: rolloutsRouteRef,
  path: '/new',
});

/** One of them. */
export const rolloutRouteRef = createSubRouteRef({
  parent: rolloutsRouteRef,
  path: '/:id',
});
