import { useRouteRef } from '@backstage/frontend-plugin-api';
import { useEntityRefLink } from '@backstage/plugin-catalog-react';
import { ExplainedKind } from '@waymark/backstage-plugin-dora-common';
import {
  deliveriesRouteRef,
  overviewRouteRef,
  whyRouteRef,
} from '../../routes';

/** Path of a component's tab, below its page. */
export const TAB_PATH = 'delivery';

/** Where the list of events begins on a page. */
export const EVENTS_ID = 'events';

/** Where the pages of delivery are; undefined where one is switched off. */
export function useLinks() {
  const overview = useRouteRef(overviewRouteRef);
  const deliveries = useRouteRef(deliveriesRouteRef);
  const why = useRouteRef(whyRouteRef);
  const entity = useEntityRefLink();
  return {
    overview: (query: Record<string, string>) => {
      const search = new URLSearchParams(query).toString();
      const path = overview?.();
      return path && (search ? `${path}?${search}` : path);
    },
    deliveries: deliveries?.(),
    /** What was counted of a component, and why. */
    why: (entityRef: string, kind?: ExplainedKind) => {
      const path = why?.();
      const search = new URLSearchParams({
        component: entityRef,
        ...(kind && { kind }),
      });
      return path && `${path}?${search}`;
    },
    tab: (entityRef: string) => `${entity(entityRef)}/${TAB_PATH}`,
  };
}
