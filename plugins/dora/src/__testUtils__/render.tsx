import { ReactElement } from 'react';
import { useLocation } from 'react-router-dom';
import {
  renderInTestApp,
  RenderTestAppOptions,
} from '@backstage/frontend-test-utils';
import { catalogApiRef, entityRouteRef } from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import {
  AuthorizeResult,
  Permission,
} from '@backstage/plugin-permission-common';
import { permissionApiRef } from '@backstage/plugin-permission-react';
import { screen } from '@testing-library/react';
import { DoraApi, doraApiRef } from '../api/DoraApi';
import {
  cohortsRouteRef,
  deliveriesRouteRef,
  overviewRouteRef,
  systemsRouteRef,
  teamsRouteRef,
  whyRouteRef,
} from '../routes';
import { entity } from './facts';

const Address = () => (
  <output aria-label="Address">{useLocation().search}</output>
);

/** What the address asks for. */
export const address = () =>
  new URLSearchParams(
    screen.getByRole('status', { name: 'Address' }).textContent ?? '',
  );

/** Whose documentation tells how sources are connected. */
const platform = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: {
    name: 'platform',
    annotations: { 'backstage.io/techdocs-ref': 'dir:.' },
  },
};

/** Shows it in a portal with one component, and the platform's own. */
export function render(
  element: ReactElement,
  options: {
    api: DoraApi;
    /** Names of permissions that are not given. */
    denied?: string[];
    path?: string;
  },
) {
  const { api, denied = [] } = options;
  const apis: RenderTestAppOptions['apis'] = [
    [doraApiRef, api],
    [catalogApiRef, catalogApiMock({ entities: [entity, platform] })],
    [
      permissionApiRef,
      {
        authorize: async ({ permission }: { permission: Permission }) => ({
          result: denied.includes(permission.name)
            ? AuthorizeResult.DENY
            : AuthorizeResult.ALLOW,
        }),
      },
    ],
  ];
  return renderInTestApp(
    <>
      {element}
      <Address />
    </>,
    {
      apis,
      mountedRoutes: {
        '/catalog/:namespace/:kind/:name': entityRouteRef,
        '/dora/overview': overviewRouteRef,
        '/dora/teams': teamsRouteRef,
        '/dora/systems': systemsRouteRef,
        '/dora/cohorts': cohortsRouteRef,
        '/dora/deliveries': deliveriesRouteRef,
        '/dora/why': whyRouteRef,
      },
      initialRouteEntries: [options.path ?? '/'],
    },
  );
}
