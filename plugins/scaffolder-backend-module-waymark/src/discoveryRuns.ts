import { setTimeout as delay } from 'node:timers/promises';
import {
  AuthService,
  DiscoveryService,
  LoggerService,
} from '@backstage/backend-plugin-api';
import { ResponseError } from '@backstage/errors';
import { z } from 'zod';

const POLL_MS = 250;
/** How long to wait for runs that are under way: those of a large company take minutes. */
const PATIENCE_MS = 10_000;

/** What the catalog's scheduler says of its tasks, on whichever replica they run. */
const tasksSchema = z.object({
  tasks: z.array(
    z.object({
      taskId: z.string(),
      taskState: z.object({ status: z.string() }).nullish(),
    }),
  ),
});

/**
 * Waits until GitHub discovery is not at work, ten seconds at most.
 *
 * @returns whether it was at work when asked
 */
export type WhenDiscoveryRests = (signal?: AbortSignal) => Promise<boolean>;

/** Reads from the catalog's scheduler whether discovery is at work. */
export function discoveryRuns(options: {
  auth: AuthService;
  discovery: DiscoveryService;
  logger: LoggerService;
}): WhenDiscoveryRests {
  const { auth, discovery, logger } = options;

  const readIsAtWork = async () => {
    const { token } = await auth.getPluginRequestToken({
      onBehalfOf: await auth.getOwnServiceCredentials(),
      targetPluginId: 'catalog',
    });
    const response = await fetch(
      `${await discovery.getBaseUrl('catalog')}/.backstage/scheduler/v1/tasks`,
      { headers: { authorization: `Bearer ${token}` } },
    );
    if (!response.ok) throw await ResponseError.fromResponse(response);
    const { tasks } = tasksSchema.parse(await response.json());
    return tasks.some(
      ({ taskId, taskState }) =>
        taskId.startsWith('github-provider:') &&
        taskState?.status === 'running',
    );
  };

  /** No creation fails because this cannot be told. */
  const isAtWork = async () => {
    try {
      return await readIsAtWork();
    } catch (error) {
      logger.warn(`Could not see whether discovery is at work: ${error}`);
      return false;
    }
  };

  return async signal => {
    if (!(await isAtWork())) return false;
    const until = Date.now() + PATIENCE_MS;
    do {
      await delay(POLL_MS, undefined, { signal });
    } while (Date.now() < until && (await isAtWork()));
    return true;
  };
}
