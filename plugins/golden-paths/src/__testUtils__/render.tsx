import { ReactElement } from 'react';
import { renderInTestApp } from '@backstage/frontend-test-utils';
import { catalogApiRef, entityRouteRef } from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { permissionApiRef } from '@backstage/plugin-permission-react';
import { GoldenPathsApi, goldenPathsApiRef } from '../api/GoldenPathsApi';
import { InsightsApi, insightsApiRef } from '../api/InsightsApi';
import {
  adoptionRouteRef,
  driftRouteRef,
  rolloutsRouteRef,
  templatesRouteRef,
} from '../routes';
import { entity } from './facts';
import { insightsMock } from './insights';

/** Shows it in a portal with one component. */
export function render(
  element: ReactElement,
  options: {
    api: GoldenPathsApi;
    insights?: InsightsApi;
    isDenied?: boolean;
    path?: string;
  },
) {
  const result = options.isDenied
    ? AuthorizeResult.DENY
    : AuthorizeResult.ALLOW;
  return renderInTestApp(element, {
    apis: [
      [goldenPathsApiRef, options.api],
      [insightsApiRef, options.insights ?? insightsMock()],
      [catalogApiRef, catalogApiMock({ entities: [entity] })],
      [permissionApiRef, { authorize: async () => ({ result }) }],
    ],
    mountedRoutes: {
      '/catalog/:namespace/:kind/:name': entityRouteRef,
      '/golden-paths/adoption': adoptionRouteRef,
      '/golden-paths/templates': templatesRouteRef,
      '/golden-paths/drift': driftRouteRef,
      '/golden-paths/rollouts': rolloutsRouteRef,
    },
    initialRouteEntries: [options.path ?? '/'],
  });
}
