import { Again, FactsError } from '@waymark/backstage-plugin-compliance-node';
import { z } from 'zod';
import { Answer, Answers } from './Answers';

const TIMEOUT_MS = 10_000;
/** GitHub asks for it where it does not say how long. */
const LIMITED_SECONDS = 60;
const etagSchema = z.record(z.string(), z.string().nullable());

/** A repository's part of GitHub's REST API. */
export class GithubApi {
  constructor(
    private readonly address: string,
    private readonly headers: Record<string, string>,
    private readonly signal: AbortSignal,
  ) {}

  async get(path: string, etag?: string): Promise<Answer> {
    const response = await fetch(`${this.address}${path}`, {
      headers: {
        accept: 'application/vnd.github+json',
        ...this.headers,
        ...(etag && { 'if-none-match': etag }),
      },
      // A renamed repository leads on to its new name, on the same host.
      signal: AbortSignal.any([this.signal, AbortSignal.timeout(TIMEOUT_MS)]),
    });
    const text = await response.text();
    refuse(response);
    const found = response.headers.get('etag');
    return {
      status: response.status,
      body: response.ok || response.status === 404 ? read(text) : undefined,
      ...(found && { etag: found }),
    };
  }

  /** Asks for several paths, by name. */
  async getAll(paths: Record<string, string>): Promise<Answers> {
    const names = Object.keys(paths);
    const answers = await Promise.all(names.map(name => this.get(paths[name])));
    return new Answers(
      new Map(names.map((name, index) => [name, answers[index]])),
      paths,
    );
  }

  /** Whether all is as it was when {@link Answers.etag} was taken. */
  async isUnchanged(etag: string): Promise<boolean> {
    const parsed = etagSchema.safeParse(read(etag));
    if (!parsed.success) return false;
    const known = Object.entries(parsed.data);
    const same = await Promise.all(
      known.map(async ([path, before]) => {
        const { status } = await this.get(path, before ?? undefined);
        // What was not there has no tag, and is not there still.
        return before === null ? status >= 400 : status === 304;
      }),
    );
    return same.every(Boolean);
  }
}

/** @throws FactsError where the host will not answer now */
function refuse({ status, headers }: Response): void {
  const limited =
    headers.get('x-ratelimit-remaining') === '0' || headers.has('retry-after');
  if (status === 429 || (status === 403 && limited)) {
    throw new FactsError(
      'The Git host has had too many questions from the portal this hour.',
      againOf(headers, LIMITED_SECONDS),
    );
  }
  if (status === 401) {
    throw new FactsError("The Git host does not take the portal's token.");
  }
  if (status >= 500) {
    throw new FactsError(`The Git host answered ${status}.`, againOf(headers));
  }
}

/** `retry-after` in seconds or as a date; else when GitHub's limit begins anew. */
function againOf(headers: Headers, least = 0): Again {
  const said = headers.get('retry-after') ?? '';
  const isOver = headers.get('x-ratelimit-remaining') === '0';
  const reset = isOver ? Number(headers.get('x-ratelimit-reset')) : 0;
  const until = /^\d+$/.test(said)
    ? Date.now() + Number(said) * 1000
    : Date.parse(said) || reset * 1000;
  const afterSeconds = Math.ceil((until - Date.now()) / 1000) || 0;
  if (until === 0 && least > 0) return { afterSeconds: least };
  return afterSeconds > 0 ? { afterSeconds } : {};
}

function read(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
