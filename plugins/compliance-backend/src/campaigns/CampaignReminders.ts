import { ConflictError } from '@backstage/errors';
import { dayOf } from '../database/time';
import { CampaignAnnouncer } from './CampaignAnnouncer';
import { CampaignProgressReader } from './CampaignProgressReader';
import { CampaignRecord, CampaignStore } from './CampaignStore';
import { Occasion, occasionOn } from './occasions';
import { ReminderStore } from './ReminderStore';

/** In place of a recipient: all have been told. */
const ALL = '';

/** Reminds owners of what is left to do; each of them once on each occasion. */
export class CampaignReminders {
  constructor(
    private readonly services: {
      announcer: CampaignAnnouncer;
      campaigns: CampaignStore;
      progress: CampaignProgressReader;
      reminders: ReminderStore;
      /** Is told when a deadline is over. */
      platformTeam: string;
    },
  ) {}

  /** Tells what is due; what could not be told is told on the next round. */
  async round(now = new Date()): Promise<void> {
    const running = await this.services.campaigns.list('running');
    for (const campaign of running) await this.remind(campaign, now);
  }

  /** Tells what is due of one that runs. */
  async remind(campaign: CampaignRecord, now = new Date()): Promise<void> {
    const { reminders } = this.services;
    const { id, deadline, startedAt } = campaign;
    const today = dayOf(now);
    const occasion = occasionOn(today, {
      deadline,
      started: startedAt!.slice(0, 10),
    });
    if (!occasion) {
      await this.overdue(campaign);
      return;
    }
    if (await reminders.isTold(id, occasion.name, ALL)) return;
    const { open } = await this.tell(campaign, occasion);
    if (open === 0) await reminders.told(id, occasion.name, ALL);
  }

  /**
   * Reminds owners because somebody asks for it.
   *
   * @returns how many were told
   * @throws ConflictError where it was asked for today already
   */
  async byHand(campaign: CampaignRecord, now = new Date()): Promise<number> {
    const { reminders } = this.services;
    const name = `hand:${dayOf(now)}`;
    if ((await reminders.claim(campaign.id, name, ALL)) !== 'mine') {
      throw new ConflictError('Its owners have been reminded today already');
    }
    const { told, open } = await this.tell(campaign, {
      name,
      why: 'Reminder',
    });
    if (open === 0) await reminders.told(campaign.id, name, ALL);
    else await reminders.release(campaign.id, name, ALL);
    return told;
  }

  /** `open`: those who could not be told, or are being told by somebody else. */
  private async tell(
    campaign: CampaignRecord,
    { name, why }: Occasion,
  ): Promise<{ told: number; open: number }> {
    const { announcer, progress, reminders } = this.services;
    const { owners } = await progress.preview(campaign, 'all');
    let told = 0;
    let open = 0;
    for (const { owner, ...left } of owners) {
      if (!owner || left.pairsDone === left.pairs) continue;
      const claimed = await reminders.claim(campaign.id, name, owner);
      if (claimed === 'told') continue;
      if (claimed === 'taken') {
        open += 1;
      } else if (await announcer.left(campaign, left, owner, why)) {
        told += 1;
        await reminders.told(campaign.id, name, owner);
      } else {
        open += 1;
        await reminders.release(campaign.id, name, owner);
      }
    }
    if (told > 0) await reminders.reminded(campaign.id);
    return { told, open };
  }

  private async overdue(campaign: CampaignRecord): Promise<void> {
    const { announcer, platformTeam, progress, reminders } = this.services;
    const occasion = `${campaign.deadline}:overdue`;
    const { id } = campaign;
    if ((await reminders.claim(id, occasion, platformTeam)) !== 'mine') return;
    const total = await progress.total(campaign, 'all');
    if (await announcer.overdue(campaign, total, platformTeam)) {
      await reminders.told(id, occasion, platformTeam);
    } else {
      await reminders.release(id, occasion, platformTeam);
    }
  }
}
