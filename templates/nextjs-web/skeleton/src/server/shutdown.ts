import type { Server } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';

export interface ShutdownSteps {
  logger: Logger;
  /** Turns readiness off. */
  drain(): void;
  /** Seconds to keep serving, until load balancers have noticed. */
  delaySeconds: number;
  /** Seconds the rest may take. */
  timeoutSeconds: number;
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
  const { logger, drain, delaySeconds, timeoutSeconds, close } = steps;
  logger.info({ delaySeconds, timeoutSeconds }, 'draining');
  drain();
  await sleep(delaySeconds * 1000);
  const timer = new AbortController();
  const outcome = await Promise.race([
    close().then(
      () => 'closed' as const,
      err => {
        logger.error({ err }, 'closing failed');
        return 'failed' as const;
      },
    ),
    sleep(timeoutSeconds * 1000, 'late' as const, {
      signal: timer.signal,
      ref: false,
    }),
  ]);
  timer.abort();
  logger.info({ outcome }, 'stopped');
  return outcome === 'closed' ? 0 : 1;
}

/** Resolves when a server takes no more requests and has answered the last. */
export function closeServer(server: Server): Promise<void> {
  // A connection that answers its last request now is kept open for the next.
  const idle = setInterval(() => server.closeIdleConnections(), 100);
  return new Promise<void>((resolve, reject) => {
    server.close(error => (error ? reject(error) : resolve()));
  }).finally(() => clearInterval(idle));
}
