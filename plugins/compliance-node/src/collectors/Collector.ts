import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { Entity } from '@backstage/catalog-model';
import {
  catalogFactsSchema,
  deliveryFactsSchema,
  Facts,
  manifestFactsSchema,
  Part,
  repositoryFactsSchema,
  sloFactsSchema,
} from '@waymark/backstage-plugin-compliance-common';
import { z } from 'zod';

/** What a collector is given beside the component. */
export interface CollectContext {
  /** Of what it gave last; a source that knows it need not be read again. */
  etag?: string;
  /** Of the plugin, for other services of the portal. */
  credentials: BackstageCredentials;
  /** Aborted when its time is over. */
  signal: AbortSignal;
}

/** What a collector has learned. */
export interface Collected<P extends Part = Part> {
  /** Null where there is none to be known, such as without a repository. */
  data: NonNullable<Facts[P]> | (P extends 'catalog' ? never : null);
  /** Where it was read, for people. */
  source: string;
  etag?: string;
}

/** Learns one part of the facts; of several for a part the one added last counts. */
export interface Collector<P extends Part = Part> {
  readonly part: P;
  /** Time limit in milliseconds; 30,000 unless said. */
  readonly timeoutMs?: number;
  /**
   * @throws FactsError in words for the component's owner; of any other error
   *   only its kind is told
   */
  collect(
    entity: Entity,
    context: CollectContext,
  ): Promise<Collected<P> | 'not-modified'>;
}

const DATA: Record<Part, z.ZodType> = {
  catalog: catalogFactsSchema,
  repository: repositoryFactsSchema.nullable(),
  manifest: manifestFactsSchema.nullable(),
  delivery: deliveryFactsSchema.nullable(),
  slo: sloFactsSchema.nullable(),
};

/** What must come back from a collector of a part. */
export function collectedSchema(part: Part) {
  return z.object({
    data: DATA[part],
    source: z.string().min(1).max(2000),
    etag: z.string().max(2000).optional(),
  });
}
