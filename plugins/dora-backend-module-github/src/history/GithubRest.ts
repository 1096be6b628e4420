import {
  AskAgainLater,
  NotAnswered,
} from '@waymark/backstage-plugin-dora-node';
import { z } from 'zod';

const TIMEOUT_MS = 20_000;
/** GitHub asks for it where it does not say how long. */
const LIMITED_MS = 60_000;
/** Share of the hour's questions that is left to the rest of the portal. */
const RESERVE = 0.1;
const MOST_BYTES = 32 * 1024 * 1024;

/** An answer, and where the next page of it is. */
export interface Page<T> {
  data: T;
  next?: string;
}

/** Until when hosts want to be left alone. */
export class Hosts {
  private readonly closed = new Map<string, { at: Date; why: string }>();

  /** @throws AskAgainLater */
  check(api: string): void {
    const closed = this.closed.get(api);
    if (closed && closed.at > new Date()) {
      throw new AskAgainLater(closed.why, closed.at);
    }
  }

  close(api: string, at: Date, why: string): void {
    this.closed.set(api, { at, why });
  }
}

/** Reads GitHub's REST API, as often as it lets the portal. */
export class GithubRest {
  constructor(
    private readonly hosts: Hosts,
    private readonly api: string,
    /** `/repos/<owner>/<name>` */
    private readonly base: string,
    /** Asked for each time: tokens of apps are short-lived. */
    private readonly headers: () => Promise<Record<string, string>>,
    private readonly signal: AbortSignal,
  ) {}

  /**
   * @param path - of the repository, or the address of a next page
   * @returns undefined where there is no such thing
   * @throws AskAgainLater, NotAnswered
   */
  async get<T>(
    schema: z.ZodType<T>,
    path: string,
  ): Promise<Page<T> | undefined> {
    this.hosts.check(this.api);
    const address = path.startsWith(`${this.api}/`)
      ? path
      : `${this.api}${this.base}${path}`;
    const { response, text } = await this.fetch(address);
    this.mind(response);
    const { status } = response;
    // 409: a repository without a commit; 422: a commit that is gone.
    if ([404, 409, 410, 422].includes(status)) return undefined;
    if (!response.ok) throw new Error(`The Git host answered ${status}`);
    if (text.length > MOST_BYTES) throw new NotAnswered('Too large an answer');
    const parsed = schema.safeParse(JSON.parse(text));
    if (!parsed.success) {
      const [{ path: at, message }] = parsed.error.issues;
      throw new NotAnswered(
        `The Git host answered in a form that is not GitHub's: ${at.join(
          '.',
        )}: ${message}`,
      );
    }
    const next = this.nextOf(response.headers.get('link'));
    return { data: parsed.data, ...(next && { next }) };
  }

  /** All pages of a short list. */
  async all<T>(
    schema: z.ZodType<T[]>,
    path: string,
    most = 1_000,
  ): Promise<T[]> {
    const found: T[] = [];
    let next: string | undefined = path;
    while (next && found.length < most) {
      const page: Page<T[]> | undefined = await this.get(schema, next);
      found.push(...(page?.data ?? []));
      next = page?.next;
    }
    return found;
  }

  private async fetch(address: string) {
    const headers = {
      accept: 'application/vnd.github+json',
      ...(await this.headers()),
    };
    const signal = AbortSignal.any([
      this.signal,
      AbortSignal.timeout(TIMEOUT_MS),
    ]);
    try {
      // A renamed repository leads on to its new name.
      const response = await fetch(address, { headers, signal });
      return { response, text: await response.text() };
    } catch (error) {
      this.signal.throwIfAborted();
      throw new Error('The Git host does not answer', { cause: error });
    }
  }

  /** Only of the same API: the next page is asked for with the portal's token. */
  private nextOf(link: string | null): string | undefined {
    const next = /<([^>]+)>;\s*rel="next"/.exec(link ?? '')?.[1];
    return next?.startsWith(`${this.api}/`) ? next : undefined;
  }

  /** @throws AskAgainLater, NotAnswered */
  private mind({ status, headers }: Response): void {
    const remaining = Number(headers.get('x-ratelimit-remaining') ?? NaN);
    const limit = Number(headers.get('x-ratelimit-limit') ?? NaN);
    const reset = new Date(Number(headers.get('x-ratelimit-reset')) * 1_000);
    const isOver = remaining === 0 || headers.has('retry-after');
    if (status === 429 || (status === 403 && isOver)) {
      const at =
        retryAt(headers.get('retry-after')) ??
        (remaining === 0 && reset > new Date() ? reset : after(LIMITED_MS));
      const why = 'The Git host has had as many questions as it takes for now';
      this.hosts.close(this.api, at, why);
      throw new AskAgainLater(why, at);
    }
    if (remaining <= limit * RESERVE && reset > new Date()) {
      this.hosts.close(
        this.api,
        reset,
        "The last tenth of this hour's questions is left to the rest of the portal",
      );
    }
    if (status === 401) {
      throw new NotAnswered(
        "The Git host does not take the portal's token: check `integrations.github`",
      );
    }
    if (status === 403) {
      throw new NotAnswered(
        "The portal's token may not read this of the repository: see the page on histories for what it needs",
      );
    }
  }
}

/** Of `retry-after`, in seconds or as a date. */
function retryAt(said: string | null): Date | undefined {
  if (said === null) return undefined;
  const at = /^\d+$/.test(said) ? after(Number(said) * 1_000) : new Date(said);
  return Number.isNaN(at.getTime()) ? undefined : at;
}

function after(ms: number): Date {
  return new Date(Date.now() + ms);
}
