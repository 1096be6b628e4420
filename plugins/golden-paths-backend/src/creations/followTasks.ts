import { LifecycleService, LoggerService } from '@backstage/backend-plugin-api';
import { EventsService } from '@backstage/plugin-events-node';
import { z } from 'zod';

/** The scaffolder says it just before it is written. */
const SETTLE_MS = 1_000;

const payloadSchema = z.object({
  id: z.union([z.string(), z.number()]),
  /** Only where it was cancelled, and `id` is then that of an event. */
  taskId: z.string().optional(),
});

/**
 * Reads a task soon after the scaffolder says that something became of it. What
 * is not heard of, or cannot be read now, is read by the next round.
 */
export async function followTasks(
  services: {
    events: EventsService;
    lifecycle: LifecycleService;
    logger: LoggerService;
  },
  refresh: (taskId: string) => Promise<void>,
): Promise<void> {
  const { events, lifecycle, logger } = services;
  const waiting = new Map<string, NodeJS.Timeout>();
  lifecycle.addShutdownHook(() =>
    waiting.forEach(timer => clearTimeout(timer)),
  );
  await events.subscribe({
    id: 'golden-paths',
    topics: ['scaffolder.task'],
    onEvent: async ({ eventPayload }) => {
      const payload = payloadSchema.safeParse(eventPayload).data;
      if (!payload) return;
      const taskId = payload.taskId ?? String(payload.id);
      clearTimeout(waiting.get(taskId));
      const timer = setTimeout(() => {
        waiting.delete(taskId);
        refresh(taskId).catch(error =>
          logger.debug(`Task ${taskId} is read later: ${error}`),
        );
      }, SETTLE_MS);
      waiting.set(taskId, timer.unref());
    },
  });
}
