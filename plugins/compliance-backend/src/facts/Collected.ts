import { Entity } from '@backstage/catalog-model';
import { Part } from '@waymark/backstage-plugin-compliance-common';
import { Again, FactsError } from '@waymark/backstage-plugin-compliance-node';
import { hashOf } from './codec';
import { Fact } from './FactStore';

/** What a collection begins with. */
export interface Collection {
  entity: Entity;
  /** What was known before, by part. */
  before: ReadonlyMap<Part, Fact>;
  signal: AbortSignal;
}

/** A part that was read. */
export function known(
  part: Part,
  data: unknown,
  origin: { source?: string; etag?: string } = {},
): Fact {
  const json = JSON.stringify(data);
  return {
    part,
    data,
    json,
    hash: hashOf(json),
    collectedAt: new Date(),
    ...origin,
  };
}

/** A part that cannot be known now. */
export function unknown(
  part: Part,
  error: string,
  { source, again }: { source?: string; again?: Again } = {},
): Fact {
  return {
    part,
    error,
    collectedAt: new Date(),
    ...(source && { source }),
    ...(again && { again }),
  };
}

/** Whether what failed may well succeed in a moment: a time-out, no connection. */
export function againAfter(error: unknown): Again | undefined {
  const { name, message } = error as Error;
  if (name === 'FactsError') return (error as FactsError).again;
  if (name === 'AbortError' || name === 'TimeoutError') return {};
  // As readers of Git hosts word it: `Failed to read …, 502 Bad Gateway`.
  if (/, (5\d\d|429) /.test(message)) return {};
  return /^(TypeError|FetchError|ServiceUnavailableError)$/.test(name) &&
    /fetch failed|ECONN|EAI_AGAIN|ETIMEDOUT|socket|unavailable/i.test(message)
    ? {}
    : undefined;
}

/** What was known before and still holds. */
export function unchanged(fact: Fact): Fact {
  return { ...fact, collectedAt: new Date() };
}
