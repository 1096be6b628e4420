import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { policyExtensionPoint } from '@backstage/plugin-permission-node/alpha';
import { WaymarkPolicy } from './WaymarkPolicy';

/** Installs {@link WaymarkPolicy} as the portal's permission policy. */
export const permissionModuleWaymark = createBackendModule({
  pluginId: 'permission',
  moduleId: 'waymark',
  register(reg) {
    reg.registerInit({
      deps: {
        config: coreServices.rootConfig,
        policy: policyExtensionPoint,
        userInfo: coreServices.userInfo,
      },
      async init({ config, policy, userInfo }) {
        policy.setPolicy(
          new WaymarkPolicy(
            userInfo,
            config.getOptionalString('waymark.platformTeam') ??
              'group:default/platform-engineering',
          ),
        );
      },
    });
  },
});
