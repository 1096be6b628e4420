import { AuthService, LoggerService } from '@backstage/backend-plugin-api';
import { parseEntityRef, RELATION_OWNED_BY } from '@backstage/catalog-model';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { NotificationService } from '@backstage/plugin-notifications-node';
import {
  Exemption,
  RuleIndex,
} from '@waymark/backstage-plugin-compliance-common';

/** Tells people what became of an exemption. */
export class Announcer {
  constructor(
    private readonly services: {
      auth: AuthService;
      catalog: CatalogService;
      index: RuleIndex;
      logger: LoggerService;
      notifications: NotificationService;
      /** Decides on requests. */
      platformTeam: string;
    },
  ) {}

  async requested(exemption: Exemption): Promise<void> {
    const { requestedBy, reason } = exemption;
    await this.send(exemption, [this.services.platformTeam], requestedBy, {
      title: `Exemption asked for: ${this.nameOf(exemption)}`,
      description: `Until ${exemption.until}: ${reason}`,
      link: '/compliance/exemptions',
    });
  }

  async decided(exemption: Exemption): Promise<void> {
    const { comment, decidedBy, state, until } = exemption;
    const words = {
      approved: `Exemption approved until ${until}`,
      denied: 'Exemption denied',
    }[state as string];
    await this.send(exemption, await this.concerned(exemption), decidedBy, {
      title: `${words ?? 'Exemption ended'}: ${this.nameOf(exemption)}`,
      ...(comment && { description: comment }),
    });
  }

  async expired(exemption: Exemption): Promise<void> {
    await this.send(exemption, await this.concerned(exemption), undefined, {
      title: `Exemption is over: ${this.nameOf(exemption)}`,
      description: 'The rule counts again.',
    });
  }

  /** @returns whether they were told */
  async ending(exemption: Exemption): Promise<boolean> {
    return this.send(exemption, await this.concerned(exemption), undefined, {
      title: `Exemption ends on ${exemption.until}: ${this.nameOf(exemption)}`,
      description: 'The rule counts again on the day after.',
      severity: 'high',
    });
  }

  private nameOf({ entityRef, rule }: Exemption): string {
    const found = this.services.index.rules.find(({ id }) => id === rule);
    return `${parseEntityRef(entityRef).name}, ${found?.title ?? rule}`;
  }

  /** Whoever asked, and the owners as they are now. */
  private async concerned({
    entityRef,
    requestedBy,
  }: Exemption): Promise<string[]> {
    const { auth, catalog, logger } = this.services;
    try {
      const entity = await catalog.getEntityByRef(entityRef, {
        credentials: await auth.getOwnServiceCredentials(),
      });
      const owners = (entity?.relations ?? [])
        .filter(({ type }) => type === RELATION_OWNED_BY)
        .map(({ targetRef }) => targetRef);
      return [...new Set([requestedBy, ...owners])];
    } catch (error) {
      logger.warn(`The owners of ${entityRef} are not known`, error as Error);
      return [requestedBy];
    }
  }

  /** What is decided holds, be it told or not. */
  private async send(
    { entityRef, rule }: Exemption,
    entityRefs: string[],
    except: string | undefined,
    message: {
      title: string;
      description?: string;
      link?: string;
      severity?: 'high';
    },
  ): Promise<boolean> {
    const { logger, notifications } = this.services;
    const { kind, namespace, name } = parseEntityRef(entityRef);
    try {
      await notifications.send({
        recipients: {
          type: 'entity',
          entityRef: entityRefs,
          ...(except && { excludeEntityRef: except }),
        },
        payload: {
          topic: 'compliance',
          severity: 'normal',
          link: `/catalog/${namespace}/${kind}/${name}/compliance`,
          scope: `compliance:${entityRef}:${rule}`,
          ...message,
        },
      });
      return true;
    } catch (error) {
      logger.warn(`Nobody was told of ${message.title}`, error as Error);
      return false;
    }
  }
}
