/**
 * What several backends over one database need: they start one after the other, and
 * each says whether it can serve.
 *
 * @packageDocumentation
 */

import { createBackendFeatureLoader } from '@backstage/backend-plugin-api';
import { rootHealthFactory } from './health';
import { startLockFactory } from './startLock';

/** Both, for `backend.add()`. */
export default createBackendFeatureLoader({
  loader: () => [startLockFactory, rootHealthFactory],
});
