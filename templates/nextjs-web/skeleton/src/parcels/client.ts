import { z } from 'zod';
import { journeySchema, parcelSchema } from './parcel';

/** The parcels API did not answer, or not as agreed. */
export class ParcelsApiError extends Error {
  override readonly name = 'ParcelsApiError';
}

/** How {@link createParcelsClient} reaches the API. */
export interface ParcelsApi {
  /** Address, with or without a path. */
  url: string;
  timeoutSeconds: number;
}

export type ParcelsClient = ReturnType<typeof createParcelsClient>;

/**
 * The parcels API, typed. Both calls resolve with undefined for a parcel that
 * does not exist and reject with a {@link ParcelsApiError} when the API fails.
 */
export function createParcelsClient({ url, timeoutSeconds }: ParcelsApi) {
  async function get<T extends z.ZodType>(
    path: string,
    schema: T,
  ): Promise<z.infer<T> | undefined> {
    const address = `${url.replace(/\/+$/, '')}${path}`;
    try {
      const response = await fetch(address, {
        headers: { accept: 'application/json' },
        cache: 'no-store',
        redirect: 'error',
        signal: AbortSignal.timeout(timeoutSeconds * 1000),
      });
      if (response.status === 404) return undefined;
      if (!response.ok) throw new Error(`it answered ${response.status}`);
      return schema.parse(await response.json());
    } catch (cause) {
      throw new ParcelsApiError(`The parcels API failed: ${reason(cause)}`, {
        cause,
      });
    }
  }
  const of = (number: string) => `/v1/parcels/${encodeURIComponent(number)}`;
  return {
    parcel: (number: string) => get(of(number), parcelSchema),
    journey: (number: string) => get(`${of(number)}/journey`, journeySchema),
  };
}

function reason(cause: unknown): string {
  if (cause instanceof z.ZodError) {
    const fields = cause.issues.map(issue => issue.path.join('.'));
    return `it answered with a wrong ${fields.join(', ')}`;
  }
  return cause instanceof Error ? cause.message : 'unknown';
}
