import {
  coreServices,
  createServiceFactory,
  createServiceRef,
} from '@backstage/backend-plugin-api';
import { EgressPolicy } from './EgressPolicy';
import { installEgressGuard } from './install';

const egressGuardServiceRef = createServiceRef<EgressPolicy>({
  id: 'waymark.egress',
  scope: 'root',
});

/** Puts the guard in place before any plugin starts. */
export const egressGuardServiceFactory = createServiceFactory({
  service: egressGuardServiceRef,
  initialization: 'always',
  deps: {
    config: coreServices.rootConfig,
    logger: coreServices.rootLogger,
  },
  factory: ({ config, logger }) => {
    const policy = EgressPolicy.fromConfig(config, {
      onRefused: ({ message }) => logger.warn(message),
    });
    installEgressGuard(policy);
    return policy;
  },
});
