import { plain } from '../compliance/paper';
import { PortalError, whyNoAnswer } from './words';

const TIMEOUT_MS = 30_000;

/** Where the token for a portal comes from. */
export interface Tokens {
  /** What to say where the portal does not take it. */
  refused: string;
  /** Undefined asks as nobody. */
  get(): Promise<string | undefined>;
}

/** A schema of either version of zod. */
export interface Schema<T> {
  safeParse(value: unknown): {
    data?: T;
    error?: { issues: { path: PropertyKey[]; message: string }[] };
  };
}

interface Request {
  method?: 'GET' | 'POST';
  body?: unknown;
  signal?: AbortSignal;
  accept?: string;
}

/** Asks a portal, as whom the tokens say. No error repeats a token. */
export class PortalClient {
  constructor(readonly url: string, private readonly tokens: Tokens) {}

  /** @throws PortalError in words */
  async get<T>(path: string, schema: Schema<T>): Promise<T> {
    return this.read(await this.send(path), path, schema);
  }

  /** @returns undefined where there is no such thing */
  async find<T>(path: string, schema: Schema<T>): Promise<T | undefined> {
    const response = await this.send(path);
    if (response.status === 404) {
      // A portal answers with an error in JSON, anything else with a page.
      await this.json(response, path);
      return undefined;
    }
    return this.read(response, path, schema);
  }

  async post<T>(path: string, body: unknown, schema: Schema<T>): Promise<T> {
    const response = await this.send(path, { method: 'POST', body });
    return this.read(response, path, schema);
  }

  /** The same where nothing is answered. */
  async tell(path: string, body: unknown): Promise<void> {
    const response = await this.send(path, { method: 'POST', body });
    if (!response.ok) throw await this.problem(response);
  }

  /** An answer as it comes: it has been checked that it is one. */
  async stream(path: string, signal: AbortSignal): Promise<Response> {
    const accept = 'text/event-stream';
    const response = await this.send(path, { signal, accept });
    if (!response.ok) throw await this.problem(response);
    return response;
  }

  private async send(path: string, request: Request = {}): Promise<Response> {
    const { method = 'GET', body, accept = 'application/json' } = request;
    const token = await this.tokens.get();
    // fetch would say which header it cannot send, and with it the token.
    if (token && !/^[\x21-\x7e]+$/.test(token)) {
      throw new PortalError(
        'The token holds what no token does, such as a space.',
      );
    }
    try {
      return await fetch(`${this.url}${path}`, {
        method,
        headers: {
          accept,
          ...(token && { authorization: `Bearer ${token}` }),
          ...(body !== undefined && { 'content-type': 'application/json' }),
        },
        body: body === undefined ? undefined : JSON.stringify(body),
        // A redirect would carry the token to somewhere else.
        redirect: 'error',
        signal: request.signal ?? AbortSignal.timeout(TIMEOUT_MS),
      });
    } catch (error) {
      if (request.signal?.aborted) throw error;
      throw new PortalError(whyNoAnswer(error, new URL(this.url).host));
    }
  }

  private async read<T>(
    response: Response,
    path: string,
    schema: Schema<T>,
  ): Promise<T> {
    if (!response.ok) throw await this.problem(response);
    const { data, error } = schema.safeParse(await this.json(response, path));
    if (!error) return data as T;
    const [{ path: where, message }] = error.issues;
    throw new PortalError(
      `${this.url} answers ${path.replace(
        /\?.*/,
        '',
      )} in another form than this waymark reads (${
        where.join('.') || 'all of it'
      }: ${message}). Is one of them much older?`,
    );
  }

  private async json(response: Response, path: string): Promise<unknown> {
    try {
      return await response.json();
    } catch (error) {
      if ((error as Error).name === 'SyntaxError') {
        throw new PortalError(
          `There is no Waymark at ${this.url}: ${path.replace(
            /\?.*/,
            '',
          )} answers ${response.status} and no JSON.`,
          response.status,
        );
      }
      throw new PortalError(whyNoAnswer(error, new URL(this.url).host));
    }
  }

  private async problem(response: Response): Promise<PortalError> {
    const { status } = response;
    const said = plain(messageOf(await response.text().catch(() => '')));
    if (status === 401) return new PortalError(this.tokens.refused, status);
    if (status === 403) {
      return new PortalError(
        `You may not do that at ${this.url}${said ? `: ${said}` : '.'}`,
        status,
      );
    }
    if (status === 429 || status >= 500) {
      return new PortalError(
        `${this.url} cannot answer now (${status}${
          said ? `: ${said}` : ''
        }). Try again in a while.`,
        status,
      );
    }
    return new PortalError(said || `${this.url} answers ${status}.`, status);
  }
}

/** What a Backstage or an OAuth error says. */
function messageOf(text: string): string {
  try {
    const { error, error_description: description, errors } = JSON.parse(text);
    if (Array.isArray(errors)) {
      return errors.map(one => one.stack ?? one.message).join('; ');
    }
    return String(description ?? error?.message ?? error ?? '');
  } catch {
    return '';
  }
}
