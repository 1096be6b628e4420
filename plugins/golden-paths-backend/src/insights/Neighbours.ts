import {
  AuthService,
  BackstageCredentials,
  DiscoveryService,
  LoggerService,
} from '@backstage/backend-plugin-api';
import { Silence } from '@waymark/backstage-plugin-golden-paths-common';
import { z } from 'zod';

const TIMEOUT_MS = 10_000;

/** What another plugin said, or why it did not. */
export type Said<T> =
  | { known: true; answer: T }
  | { known: false; why: Silence };

/** Asks other plugins of the portal in the caller's name: they decide what is seen. */
export class Neighbours {
  constructor(
    private readonly services: {
      auth: AuthService;
      discovery: DiscoveryService;
      logger: LoggerService;
    },
  ) {}

  async ask<T>(
    pluginId: string,
    path: string,
    schema: z.ZodType<T>,
    credentials: BackstageCredentials,
    body?: object,
  ): Promise<Said<T>> {
    const { auth, discovery, logger } = this.services;
    try {
      const { token } = await auth.getPluginRequestToken({
        onBehalfOf: credentials,
        targetPluginId: pluginId,
      });
      const baseUrl = await discovery.getBaseUrl(pluginId);
      const response = await fetch(`${baseUrl}${path}`, {
        method: body ? 'POST' : 'GET',
        headers: {
          authorization: `Bearer ${token}`,
          ...(body && { 'content-type': 'application/json' }),
        },
        ...(body && { body: JSON.stringify(body) }),
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      if (response.ok) {
        return { known: true, answer: schema.parse(await response.json()) };
      }
      if (response.status === 403) return { known: false, why: 'denied' };
      if (response.status === 404) return { known: false, why: 'absent' };
      throw new Error(`It answered ${response.status}`);
    } catch (error) {
      logger.warn(`${pluginId} does not answer ${path.split('?')[0]}`, {
        cause: String(error),
      });
      return { known: false, why: 'failed' };
    }
  }
}
