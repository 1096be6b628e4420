import { Entity } from '@backstage/catalog-model';
import { Part } from '@waymark/backstage-plugin-compliance-common';
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
  return {
    part,
    data,
    hash: hashOf(data),
    collectedAt: new Date(),
    ...origin,
  };
}

/** A part that cannot be known now. */
export function unknown(part: Part, error: string, source?: string): Fact {
  return { part, error, collectedAt: new Date(), ...(source && { source }) };
}

/** What was known before and still holds. */
export function unchanged(fact: Fact): Fact {
  return { ...fact, collectedAt: new Date() };
}
