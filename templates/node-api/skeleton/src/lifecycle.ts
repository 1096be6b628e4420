import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyBaseLogger } from 'fastify';

export interface ShutdownSteps {
  logger: FastifyBaseLogger;
  /** Turns readiness off. */
  drain(): void;
  /** Milliseconds to keep serving, until load balancers have noticed. */
  delayMs: number;
  /** Milliseconds the rest may take. */
  timeoutMs: number;
  /** Stops listening and waits for the requests in flight. */
  close(): Promise<void>;
}

/**
 * Ends the service without losing a request: readiness off, keep serving for a
 * moment, then finish what is in flight.
 *
 * @returns the exit code: 0, or 1 when it took longer than allowed.
 */
export async function shutdown(steps: ShutdownSteps): Promise<0 | 1> {
  const { logger, drain, delayMs, timeoutMs, close } = steps;
  logger.info({ delayMs, timeoutMs }, 'draining');
  drain();
  await sleep(delayMs);
  const timer = new AbortController();
  const outcome = await Promise.race([
    close().then(
      () => 'closed' as const,
      err => {
        logger.error({ err }, 'closing failed');
        return 'failed' as const;
      },
    ),
    sleep(timeoutMs, 'late' as const, { signal: timer.signal, ref: false }),
  ]);
  timer.abort();
  logger.info({ outcome }, 'stopped');
  return outcome === 'closed' ? 0 : 1;
}
