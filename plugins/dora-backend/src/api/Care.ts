import {
  AuditorService,
  BackstageCredentials,
  HttpAuthService,
} from '@backstage/backend-plugin-api';
import { doraIngestPermission } from '@waymark/backstage-plugin-dora-common';
import { Visibility } from '@waymark/backstage-plugin-insights-node';
import { Request } from 'express';

/** What looking after deliveries needs. */
export interface CareServices {
  auditor: AuditorService;
  httpAuth: HttpAuthService;
  visibility: Visibility;
}

/** Lets those who manage deliveries do so. */
export class Care {
  constructor(private readonly services: CareServices) {}

  /** @throws NotAllowedError */
  async require(request: Request): Promise<void> {
    const { httpAuth } = this.services;
    await this.check(await httpAuth.credentials(request));
  }

  /** Does it, and writes down who did, also where it was refused. */
  async audited<T>(
    request: Request,
    eventId: string,
    meta: Record<string, string>,
    act: () => Promise<T>,
  ): Promise<T> {
    const { auditor, httpAuth } = this.services;
    const credentials = await httpAuth.credentials(request);
    const event = await auditor.createEvent({
      eventId,
      request,
      severityLevel: 'medium',
      meta,
    });
    try {
      await this.check(credentials);
      const done = await act();
      await event.success();
      return done;
    } catch (error) {
      await event.fail({ error: error as Error });
      throw error;
    }
  }

  private check(credentials: BackstageCredentials): Promise<void> {
    const { visibility } = this.services;
    const what = 'manage deliveries';
    return visibility.require(doraIngestPermission, credentials, what);
  }
}
