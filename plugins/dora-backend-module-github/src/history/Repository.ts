import { FetchedDelivery } from '@waymark/backstage-plugin-dora-node';
import { z } from 'zod';
import { GithubRest } from './GithubRest';

/** A repository while it is asked. */
export interface Repository {
  /** `host/owner/name` in small letters. */
  id: string;
  /** As GitHub sends it with a delivery. */
  sent: { html_url: string; default_branch: string };
  rest: GithubRest;
  since: Date;
  /** Whether files of commits are asked for. */
  paths: boolean;
}

/** One page of one part of a history. */
export interface PartPage {
  deliveries: FetchedDelivery[];
  /** Left out on the last one. */
  next?: string;
  /** How far back it has come. */
  reached?: Date;
}

/** Asked so many at a time. */
const AT_ONCE = 5;

/**
 * A delivery as GitHub would have sent it.
 *
 * @param what - of the repository, the same each time it is fetched
 * @param schema - what is kept of it; all, where it does not fit
 */
export function delivery(
  repository: Repository,
  what: string,
  event: string,
  said: object,
  schema?: z.ZodType,
): FetchedDelivery {
  const body = { repository: repository.sent, ...said };
  const read = schema?.safeParse(body);
  return {
    deliveryId: `history ${repository.id}/${what}`,
    event,
    body: read?.success ? read.data : body,
  };
}

/** Does the same for each, a few at a time. */
export async function forEach<In, Out>(
  all: readonly In[],
  act: (one: In) => Promise<Out>,
): Promise<Out[]> {
  const done: Out[] = [];
  for (let i = 0; i < all.length; i += AT_ONCE) {
    done.push(...(await Promise.all(all.slice(i, i + AT_ONCE).map(act))));
  }
  return done;
}

/** The page without what is too old, with which it ends. */
export function recent<T>(
  { data, next }: { data: readonly T[]; next?: string },
  since: Date,
  at: (one: T) => string,
): { items: T[]; next?: string; reached?: Date } {
  const items = data.filter(one => new Date(at(one)) >= since);
  const isOver = items.length < data.length;
  const last = items.at(-1);
  return {
    items,
    ...(!isOver && next && { next }),
    ...(last && { reached: new Date(at(last)) }),
  };
}
