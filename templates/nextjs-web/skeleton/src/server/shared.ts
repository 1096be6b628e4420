import { AsyncLocalStorage } from 'node:async_hooks';
import type { Logger } from 'pino';
import { type Config, loadConfig } from './config';
import { createLogger } from './logger';
import { createMetrics, type Metrics } from './metrics';
import type { RequestRecord } from './requests';
import { type MatchRoute, readRoutes } from './routes';

/** What the process has once. */
export interface Shared {
  config: Config;
  logger: Logger;
  metrics: Metrics;
  matchRoute: MatchRoute;
  /** The request that is being answered. */
  current: AsyncLocalStorage<RequestRecord>;
  /** Set by a shutdown: the service asks to be left alone. */
  draining: boolean;
  /** Address of the parcels API. */
  parcelsApi: string;
  /** Whether that is the sample of this repository. */
  sampleData: boolean;
}

// Next.js bundles instrumentation and each route on their own, so a variable of
// a module would exist several times.
const KEY = Symbol.for('service.shared');
const holder = globalThis as typeof globalThis & { [KEY]?: Shared };

export function shared(): Shared {
  holder[KEY] ??= create();
  return holder[KEY];
}

function create(): Shared {
  const config = loadConfig(process.env);
  const current = new AsyncLocalStorage<RequestRecord>();
  return {
    config,
    logger: createLogger(config.LOG_LEVEL, () => {
      const record = current.getStore();
      return record ? { request_id: record.id } : {};
    }),
    metrics: createMetrics(),
    matchRoute: readRoutes(),
    current,
    draining: false,
    parcelsApi: config.PARCELS_API_URL ?? '',
    sampleData: !config.PARCELS_API_URL,
  };
}
