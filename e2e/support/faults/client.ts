import { Place, shared } from './place';

/** The people of the sample company who may enter. */
export type Persona =
  | 'maya.okafor'
  | 'jonas.lind'
  | 'priya.raman'
  | 'elena.rossi';

/** An answer, read to its end. */
export interface Answer {
  status: number;
  text: string;
  headers: Headers;
  /** The body as JSON. */
  json<T = any>(): T;
}

/** Speaks to a portal as one person, as somebody else, or as nobody. */
export class PortalClient {
  private constructor(readonly place: Place, readonly token?: string) {}

  /** Nobody: a request without credentials. */
  static nobody(place = shared) {
    return new PortalClient(place);
  }

  /** Whoever a token says, right or wrong. */
  static withToken(token: string, place = shared) {
    return new PortalClient(place, token);
  }

  /** Signs in as one of the sample people. */
  static async as(persona: Persona, place = shared) {
    const { status, text, json } = await new PortalClient(place).send(
      'GET',
      '/api/auth/persona/refresh',
      { headers: { 'x-waymark-persona': `user:default/${persona}` } },
    );
    if (status !== 200) throw new Error(`Sign-in: ${status} ${text}`);
    return new PortalClient(place, json().backstageIdentity.token);
  }

  get(path: string) {
    return this.send('GET', path);
  }

  post(path: string, body: unknown = {}) {
    return this.send('POST', path, { body });
  }

  /** Sends a request and follows no redirect. */
  async send(
    method: string,
    path: string,
    options: { body?: unknown; headers?: Record<string, string> } = {},
  ): Promise<Answer> {
    const response = await fetch(`${this.place.portalUrl}${path}`, {
      method,
      redirect: 'manual',
      headers: {
        ...(this.token ? { authorization: `Bearer ${this.token}` } : {}),
        ...(options.body === undefined
          ? {}
          : { 'content-type': 'application/json' }),
        ...options.headers,
      },
      body:
        options.body === undefined ? undefined : JSON.stringify(options.body),
    });
    const text = await response.text();
    return {
      status: response.status,
      text,
      headers: response.headers,
      json: () => JSON.parse(text),
    };
  }
}
