import { z } from 'zod';

/** Whom laptop mode itself enters as, to look at what people would see. */
const PERSONA = 'user:default/jonas.lind';

const sessionSchema = z.object({
  backstageIdentity: z.object({ token: z.string() }),
});

/** Reads from the portal as a signed-in person would. */
export class PortalClient {
  private token: string | undefined;

  constructor(private readonly portalUrl: string) {}

  /**
   * Gets JSON.
   *
   * @returns nothing where the portal does not answer or says no
   */
  async get(path: string): Promise<unknown> {
    const headers = await this.headers();
    return headers && this.fetchJson(path, { headers });
  }

  /**
   * Posts JSON.
   *
   * @returns nothing where the portal does not answer or says no
   */
  async post(path: string, body: unknown): Promise<unknown> {
    const headers = await this.headers();
    if (!headers) return undefined;
    return this.fetchJson(path, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  }

  private async headers(): Promise<Record<string, string> | undefined> {
    this.token ??= await this.signIn();
    return this.token ? { authorization: `Bearer ${this.token}` } : undefined;
  }

  private async signIn(): Promise<string | undefined> {
    const session = await this.fetchJson('/api/auth/persona/refresh', {
      headers: { 'x-waymark-persona': PERSONA },
    });
    return sessionSchema.safeParse(session).data?.backstageIdentity.token;
  }

  private async fetchJson(
    path: string,
    { headers, ...init }: RequestInit & { headers: Record<string, string> },
  ): Promise<unknown> {
    try {
      const response = await fetch(`${this.portalUrl}${path}`, {
        ...init,
        headers: { ...headers, accept: 'application/json' },
      });
      return response.ok ? await response.json() : undefined;
    } catch {
      return undefined;
    }
  }
}
