import { LoggerService } from '@backstage/backend-plugin-api';
import { Entity, stringifyEntityRef } from '@backstage/catalog-model';
import { Part } from '@waymark/backstage-plugin-compliance-common';
import { Again, FactsError } from '../facts/FactsError';
import {
  CollectContext,
  Collected,
  collectedSchema,
  Collector,
} from './Collector';

/** How a collection ended. */
export type Collection<P extends Part = Part> =
  | ({ kind: 'collected' } & Collected<P>)
  | { kind: 'not-modified' }
  /** In words for the component's owner; `again` where it failed for a moment. */
  | { kind: 'unknown'; reason: string; again?: Again };

/** Words for errors whose own may hold addresses, tokens or code. */
const WORDS: readonly [RegExp, string][] = [
  [/^NotFoundError$/, 'What is asked for is not there, or may not be read.'],
  [
    /^(NotAllowedError|AuthenticationError)$/,
    'The portal may not read what is asked for.',
  ],
  [/^(ServiceUnavailableError|ConflictError)$/, 'The source is not available.'],
];

/**
 * Asks a collector, in time, and takes from it only what facts are made of.
 * Never throws; the whole error goes to the log.
 */
export async function collectWithContract<P extends Part>(
  collector: Collector<P>,
  entity: Entity,
  context: Omit<CollectContext, 'signal'> & { signal?: AbortSignal },
  logger: LoggerService,
): Promise<Collection<P>> {
  const { part, timeoutMs = 30_000 } = collector;
  const late = AbortSignal.timeout(timeoutMs);
  const signal = AbortSignal.any(
    context.signal ? [late, context.signal] : [late],
  );
  const unknown = (reason: string, again?: Again) => ({
    kind: 'unknown' as const,
    reason,
    ...(again && { again }),
  });
  let answer: unknown;
  try {
    answer = await Promise.race([
      // Also what is thrown before there is a promise.
      (async () => collector.collect(entity, { ...context, signal }))(),
      aborted(signal),
    ]);
  } catch (error) {
    if (late.aborted) {
      return unknown(`It took longer than ${timeoutMs / 1000} s to read.`, {});
    }
    const { name, message } = toError(error);
    if (name === 'FactsError') {
      return unknown(message, (error as FactsError).again);
    }
    logger.warn(
      `Collecting ${part} of ${stringifyEntityRef(entity)} failed`,
      toError(error),
    );
    return unknown(
      WORDS.find(([names]) => names.test(name))?.[1] ??
        'It could not be read; the log of the portal says why.',
      name === 'ServiceUnavailableError' ? {} : undefined,
    );
  }
  if (answer === 'not-modified') {
    // Without an earlier state there is none that it could be.
    return context.etag === undefined
      ? unknown('The collector says that nothing has changed since nothing.')
      : { kind: 'not-modified' };
  }
  const parsed = collectedSchema(part).safeParse(answer);
  if (!parsed.success) {
    const [{ path, message }] = parsed.error.issues;
    const place = path.join('.');
    logger.warn(
      `Collecting ${part} of ${stringifyEntityRef(
        entity,
      )}: ${place}: ${message}`,
    );
    return unknown(
      `The collector gave no facts: ${place} is not as it must be.`,
    );
  }
  return { kind: 'collected', ...(parsed.data as Collected<P>) };
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const stop = () => reject(new Error('aborted'));
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
  });
}

function toError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
