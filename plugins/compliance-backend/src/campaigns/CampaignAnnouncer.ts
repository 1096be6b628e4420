import { LoggerService } from '@backstage/backend-plugin-api';
import { NotificationService } from '@backstage/plugin-notifications-node';
import { CampaignProgress } from '@waymark/backstage-plugin-compliance-common';
import { CampaignRecord } from './CampaignStore';

/** Tells people of a campaign. */
export class CampaignAnnouncer {
  constructor(
    private readonly services: {
      logger: LoggerService;
      notifications: NotificationService;
    },
  ) {}

  /**
   * Tells an owner what is left to do.
   *
   * @param why - `Campaign started`, `7 days left`
   * @returns whether they were told
   */
  left(
    campaign: CampaignRecord,
    { components, componentsDone }: CampaignProgress,
    owner: string,
    why: string,
  ): Promise<boolean> {
    const open = components - componentsDone;
    return this.send(campaign, owner, {
      title: `${why}: ${campaign.title}`,
      description: `${open} of your ${count(components, 'component')} ${
        open === 1 ? 'has' : 'have'
      } something left to do until ${campaign.deadline}.`,
    });
  }

  /**
   * Tells who runs it that the deadline is over.
   *
   * @returns whether they were told
   */
  overdue(
    campaign: CampaignRecord,
    { components, componentsDone }: CampaignProgress,
    recipient: string,
  ): Promise<boolean> {
    return this.send(campaign, recipient, {
      title: `Campaign past its deadline: ${campaign.title}`,
      description: `${componentsDone} of ${count(
        components,
        'component',
      )} are done. End it, or give it more time.`,
    });
  }

  private async send(
    { id }: CampaignRecord,
    entityRef: string,
    message: { title: string; description: string },
  ): Promise<boolean> {
    const { logger, notifications } = this.services;
    try {
      await notifications.send({
        recipients: { type: 'entity', entityRef },
        payload: {
          topic: 'compliance',
          severity: 'normal',
          link: `/compliance/campaigns/${id}`,
          scope: `compliance:campaign:${id}`,
          ...message,
        },
      });
      return true;
    } catch (error) {
      logger.warn(
        `${entityRef} was not told of ${message.title}`,
        error as Error,
      );
      return false;
    }
  }
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
