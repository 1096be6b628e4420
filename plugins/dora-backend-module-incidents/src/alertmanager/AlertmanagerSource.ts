import {
  Authenticity,
  bearerAuthenticity,
  Delivery,
  DeliverySource,
  Received,
  Translation,
} from '@waymark/backstage-plugin-dora-node';
import { z } from 'zod';
import { peek } from '../body';
import { AlertSettings, translate } from './translate';

const envelope = z.object({ status: z.enum(['firing', 'resolved']) });

/** Alertmanager's webhooks of the fourth version. */
export class AlertmanagerSource implements DeliverySource {
  readonly id = 'alertmanager';

  /** @param tokens - any of them is taken */
  constructor(
    private readonly tokens: readonly string[],
    private readonly settings: AlertSettings,
  ) {}

  async verify(received: Received): Promise<Authenticity> {
    return bearerAuthenticity(received, this.tokens);
  }

  /** It has none: what it repeats is the same to the last byte. */
  deliveryId(): undefined {
    return undefined;
  }

  event(received: Received): string {
    return peek(envelope, received)?.status ?? '';
  }

  translate(delivery: Delivery): Translation {
    return translate(delivery, this.settings);
  }
}
