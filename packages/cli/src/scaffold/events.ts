import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import { PortalClient } from '../portal/PortalClient';
import { PortalError } from '../portal/words';

const RETRY_MS = 1_000;
/** A portal that is started anew is back by then. */
const PATIENCE = 60;

const STATES = [
  'open',
  'processing',
  'completed',
  'failed',
  'cancelled',
  'skipped',
] as const;

const eventSchema = z.object({
  id: z.coerce.number(),
  type: z.string(),
  createdAt: z.string().optional(),
  body: z
    .object({
      message: z.string().default(''),
      stepId: z.string().optional(),
      status: z.enum(STATES).optional().catch(undefined),
      output: z.record(z.unknown()).optional(),
      error: z
        .object({ name: z.string().optional(), message: z.string() })
        .optional()
        .catch(undefined),
    })
    .passthrough(),
});

/** Something that a task has said. */
export type TaskEvent = z.infer<typeof eventSchema>;
export type StepState = (typeof STATES)[number];

/**
 * All that a task says, up to its end; the portal may leave the stream open then,
 * as somebody could start it anew. A connection that is lost is made again
 * where it was.
 *
 * @throws PortalError where the portal cannot be asked for a minute
 */
export async function* taskEvents(
  client: PortalClient,
  taskId: string,
  signal: AbortSignal,
): AsyncGenerator<TaskEvent> {
  let after: number | undefined;
  let failures = 0;
  for (;;) {
    const query = after === undefined ? '' : `?after=${after}`;
    const path = `/api/scaffolder/v2/tasks/${encodeURIComponent(
      taskId,
    )}/eventstream${query}`;
    try {
      const response = await client.stream(path, signal);
      for await (const data of serverSentEvents(response)) {
        const event = eventSchema.parse(JSON.parse(data));
        if (after !== undefined && event.id <= after) continue;
        after = event.id;
        failures = 0;
        yield event;
        if (event.type === 'completion') return;
      }
    } catch (error) {
      signal.throwIfAborted();
      const { status } = error as PortalError;
      const isOver = status !== undefined && status < 500 && status !== 429;
      failures += 1;
      if (isOver || failures > PATIENCE) throw error;
    }
    await delay(RETRY_MS, undefined, { signal });
  }
}

/** The data of each event of a stream. */
export async function* serverSentEvents(
  response: Response,
): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of response.body ?? []) {
    text += decoder.decode(chunk, { stream: true });
    const events = text.split(/\r?\n\r?\n/);
    text = events.pop()!;
    for (const event of events) {
      const data = event
        .split(/\r?\n/)
        .filter(line => line.startsWith('data:'))
        .map(line => line.slice('data:'.length).replace(/^ /, ''));
      if (data.length > 0) yield data.join('\n');
    }
  }
}
