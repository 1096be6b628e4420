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
    this.token ??= await this.signIn();
    if (!this.token) return undefined;
    return this.fetchJson(path, { authorization: `Bearer ${this.token}` });
  }

  private async signIn(): Promise<string | undefined> {
    const session = await this.fetchJson('/api/auth/persona/refresh', {
      'x-waymark-persona': PERSONA,
    });
    return sessionSchema.safeParse(session).data?.backstageIdentity.token;
  }

  private async fetchJson(path: string, headers: Record<string, string>) {
    try {
      const response = await fetch(`${this.portalUrl}${path}`, {
        headers: { ...headers, accept: 'application/json' },
      });
      return response.ok ? await response.json() : undefined;
    } catch {
      return undefined;
    }
  }
}
