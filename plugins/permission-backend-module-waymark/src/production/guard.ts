import {
  coreServices,
  createServiceFactory,
  createServiceRef,
} from '@backstage/backend-plugin-api';
import { findProductionProblems, isProduction } from './problems';

const productionGuardRef = createServiceRef<{ checked: boolean }>({
  id: 'waymark.production-guard',
  scope: 'root',
});

/**
 * Stops the backend before any plugin starts when a production configuration
 * would let people in who should not be. A root service, because a plugin's
 * failure can be configured away.
 */
export const productionGuard = createServiceFactory({
  service: productionGuardRef,
  deps: { config: coreServices.rootConfig },
  initialization: 'always',
  async factory({ config }) {
    if (isProduction(config, process.env.NODE_ENV)) {
      const problems = findProductionProblems(config);
      if (problems.length > 0) {
        throw new Error(
          [
            'Waymark refuses to start in production:',
            ...problems.map(({ key, fix }) => `  - ${key}: ${fix}`),
          ].join('\n'),
        );
      }
    }
    return { checked: true };
  },
});
