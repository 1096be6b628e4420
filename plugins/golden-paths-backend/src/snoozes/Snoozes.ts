import { AuditorService, UserInfoService } from '@backstage/backend-plugin-api';
import { ConflictError, InputError, NotFoundError } from '@backstage/errors';
import { CatalogService } from '@backstage/plugin-catalog-node';
import {
  driftOf,
  MOST_SNOOZE_DAYS,
  Snooze,
  SnoozeRequest,
} from '@waymark/backstage-plugin-golden-paths-common';
import { requireOwner } from '@waymark/repositories';
import { PathStore } from '../services/PathStore';
import { Caller } from '../upgrades/Upgrades';
import { dayOf, SnoozeStore } from './SnoozeStore';

const DAY = 86_400_000;

/** Puts upgrades off: asked for by owners and by the platform team. */
export class Snoozes {
  constructor(
    private readonly services: {
      auditor: AuditorService;
      catalog: CatalogService;
      paths: PathStore;
      platformTeam: string;
      store: SnoozeStore;
      userInfo: UserInfoService;
    },
  ) {}

  /**
   * Puts off the upgrade to the version that is the newest now.
   *
   * @throws InputError for a day that is over or too late; ConflictError for what is
   * not behind; NotFoundError and NotAllowedError as for an upgrade
   */
  async set(request: SnoozeRequest, caller: Caller): Promise<Snooze> {
    const { entityRef, reason, until } = request;
    const meta = { entityRef, until };
    return this.audited('upgrade-snooze', meta, caller, async () => {
      await this.requireOwner(entityRef, caller);
      const now = new Date();
      const last = dayOf(new Date(now.getTime() + MOST_SNOOZE_DAYS * DAY));
      if (until < dayOf(now) || until > last) {
        throw new InputError(`until: must be a day from today to ${last}`);
      }
      const { paths, store } = this.services;
      const [services, templates] = await Promise.all([
        paths.services(),
        paths.templates(),
      ]);
      const own = services.filter(one => one.entityRef === entityRef);
      const [drift] = driftOf(own, templates);
      if (drift?.standing !== 'behind' || !drift.newest) {
        throw new ConflictError(
          'It is not behind its golden path: there is no upgrade to snooze.',
        );
      }
      const snooze: Snooze = {
        entityRef,
        version: drift.newest,
        reason,
        until,
        by: caller.credentials.principal.userEntityRef,
        at: now.toISOString(),
      };
      await store.save(snooze);
      return snooze;
    });
  }

  /** @throws NotFoundError where there is none; else as {@link Snoozes.set} */
  async end(entityRef: string, caller: Caller): Promise<void> {
    await this.audited('upgrade-wake', { entityRef }, caller, async () => {
      await this.requireOwner(entityRef, caller);
      if (!(await this.services.store.remove(entityRef))) {
        throw new NotFoundError(`The upgrade of ${entityRef} is not snoozed`);
      }
    });
  }

  private async requireOwner(entityRef: string, { credentials }: Caller) {
    await requireOwner(
      this.services,
      entityRef,
      credentials,
      'snooze its upgrade',
    );
  }

  private async audited<T>(
    eventId: string,
    meta: { entityRef: string } & object,
    { request }: Caller,
    work: () => Promise<T>,
  ): Promise<T> {
    const event = await this.services.auditor.createEvent({
      eventId,
      severityLevel: 'medium',
      request,
      meta: { ...meta },
    });
    try {
      const done = await work();
      await event.success();
      return done;
    } catch (error) {
      await event.fail({ error: error as Error });
      throw error;
    }
  }
}
