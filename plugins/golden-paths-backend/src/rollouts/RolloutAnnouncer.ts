import { LoggerService } from '@backstage/backend-plugin-api';
import { parseEntityRef } from '@backstage/catalog-model';
import { NotificationService } from '@backstage/plugin-notifications-node';
import {
  OpenedUpgrade,
  WaitsFor,
} from '@waymark/backstage-plugin-golden-paths-common';
import { RolloutRecord } from './rows';
import { Claim } from './RolloutWork';

const ASKS: Record<Exclude<WaitsFor, 'merge'>, string> = {
  canary:
    'The first pull request is made. Look at it, and say whether to go on.',
  batch: 'The batch is made. Look at it, and say whether to go on.',
  failures: 'Too much of the batch failed. Look why, and say whether to go on.',
};

/** Tells people of a rollout. */
export class RolloutAnnouncer {
  constructor(
    private readonly services: {
      logger: LoggerService;
      notifications: NotificationService;
    },
  ) {}

  /** Tells the owners that a pull request waits for them; once, if said again. */
  async opened(
    { entityRef, owner, rollout }: Claim,
    { conflicts, to }: OpenedUpgrade,
  ): Promise<void> {
    if (!owner) return;
    const { kind, namespace, name } = parseEntityRef(entityRef);
    const decide =
      conflicts > 0
        ? ` You have to decide on ${conflicts} ${
            conflicts === 1 ? 'file' : 'files'
          }.`
        : '';
    await this.send(owner, {
      title: `Pull request: ${name} to ${rollout.title} ${to}`,
      description: `${rollout.reason}${decide}`,
      link: `/catalog/${namespace}/${kind}/${name}`,
      scope: `golden-paths:rollout:${rollout.id}:${entityRef}`,
    });
  }

  /** Tells who started it that it waits for their word. */
  async asks(rollout: RolloutRecord, waitsFor: WaitsFor): Promise<void> {
    if (waitsFor === 'merge') return;
    await this.send(rollout.startedBy, {
      title: `Rollout of ${rollout.title} ${rollout.version} waits for you`,
      description: ASKS[waitsFor],
      link: `/golden-paths/rollouts/${rollout.id}`,
      scope: `golden-paths:rollout:${rollout.id}`,
    });
  }

  private async send(
    entityRef: string,
    message: {
      title: string;
      description: string;
      link: string;
      scope: string;
    },
  ): Promise<void> {
    const { logger, notifications } = this.services;
    try {
      await notifications.send({
        recipients: { type: 'entity', entityRef },
        payload: { topic: 'golden-paths', severity: 'normal', ...message },
      });
    } catch (error) {
      logger.warn(
        `${entityRef} was not told of ${message.title}`,
        error as Error,
      );
    }
  }
}
