import {
  DriftAnswer,
  DriftingService,
  snoozes,
} from '@waymark/backstage-plugin-golden-paths-common';
import { dayOf, SnoozeStore } from '../snoozes/SnoozeStore';
import { UpgradeStore } from '../upgrades/UpgradeStore';

/** What is offered to services, and what they have put off. */
export class Offers {
  constructor(
    private readonly stores: { snoozes: SnoozeStore; upgrades: UpgradeStore },
  ) {}

  async to(items: readonly DriftingService[]): Promise<DriftAnswer['items']> {
    const [snoozed, open] = await Promise.all([
      this.stores.snoozes.all(),
      this.stores.upgrades.openOf(items.map(({ entityRef }) => entityRef)),
    ]);
    const today = dayOf(new Date());
    return items.map(one => {
      const snooze = snoozed.get(one.entityRef);
      const isSnoozed = snooze && snoozes(snooze, one.newest, today);
      return {
        ...one,
        snooze: isSnoozed ? snooze : null,
        upgrade: open.get(one.entityRef) ?? null,
      };
    });
  }
}
