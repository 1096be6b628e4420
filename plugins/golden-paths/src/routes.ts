import { createRouteRef } from '@backstage/frontend-plugin-api';

/** Where the pages of golden paths begin. */
export const rootRouteRef = createRouteRef();

/** How far they are taken. */
export const adoptionRouteRef = createRouteRef();

/** How each of them does. */
export const templatesRouteRef = createRouteRef();

/** Which services are behind. */
export const driftRouteRef = createRouteRef();
