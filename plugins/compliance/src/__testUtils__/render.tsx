import { ReactElement } from 'react';
import {
  mockApis,
  renderInTestApp,
  RenderTestAppOptions,
} from '@backstage/frontend-test-utils';
import { identityApiRef } from '@backstage/frontend-plugin-api';
import { catalogApiRef, entityRouteRef } from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import {
  AuthorizeResult,
  Permission,
} from '@backstage/plugin-permission-common';
import { permissionApiRef } from '@backstage/plugin-permission-react';
import { ComplianceApi, complianceApiRef } from '../api/ComplianceApi';
import {
  campaignsRouteRef,
  companyRouteRef,
  exemptionsRouteRef,
  healthRouteRef,
  rulesRouteRef,
} from '../routes';
import { entity } from './facts';

/** Shows it to somebody of the team that owns the component. */
export function render(
  element: ReactElement,
  options: {
    api: ComplianceApi;
    /** Names of permissions that are not given. */
    denied?: string[];
    groups?: string[];
    path?: string;
  },
) {
  const { api, denied = [], groups = ['group:default/checkout'] } = options;
  const apis: RenderTestAppOptions['apis'] = [
    [complianceApiRef, api],
    [catalogApiRef, catalogApiMock({ entities: [entity] })],
    [
      identityApiRef,
      mockApis.identity({
        userEntityRef: 'user:default/maya',
        ownershipEntityRefs: groups,
      }),
    ],
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
  return renderInTestApp(element, {
    apis,
    mountedRoutes: {
      '/catalog/:namespace/:kind/:name': entityRouteRef,
      '/compliance/overview': companyRouteRef,
      '/compliance/rules': rulesRouteRef,
      '/compliance/exemptions': exemptionsRouteRef,
      '/compliance/campaigns': campaignsRouteRef,
      '/compliance/health': healthRouteRef,
    },
    initialRouteEntries: [options.path ?? '/'],
  });
}
