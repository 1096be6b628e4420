import { createHmac, timingSafeEqual } from 'node:crypto';
import {
  Authenticity,
  Delivery,
  DeliverySource,
  peek,
  Received,
  Translation,
} from '@waymark/backstage-plugin-dora-node';
import { z } from 'zod';
import { translate } from './translate';

/** More would only make work. */
const MOST_SIGNATURES = 10;
const envelope = z.object({
  event: z.object({ id: z.string(), event_type: z.string() }),
});

/** PagerDuty's webhooks of the third version. */
export class PagerDutySource implements DeliverySource {
  readonly id = 'pagerduty';

  /** @param secrets - of all subscriptions, old and new */
  constructor(private readonly secrets: readonly string[]) {}

  async verify({ body, headers }: Received): Promise<Authenticity> {
    const header = headers['x-pagerduty-signature'];
    if (typeof header !== 'string') return 'unsigned';
    const signatures = header
      .split(',')
      .flatMap(one => /^\s*v1=([0-9a-f]{64})\s*$/i.exec(one)?.[1] ?? []);
    const many = signatures.length;
    if (body.length === 0 || many === 0 || many > MOST_SIGNATURES) {
      return 'forged';
    }
    // Once for each secret, however many signatures somebody sends.
    const expected = this.secrets.map(secret =>
      createHmac('sha256', secret).update(body).digest(),
    );
    const fitting = signatures.flatMap(one =>
      expected.filter(hash => timingSafeEqual(hash, Buffer.from(one, 'hex'))),
    );
    return fitting.length > 0 ? 'authentic' : 'forged';
  }

  /** The event's own, which is signed; the header X-Webhook-Id is not. */
  deliveryId(received: Received): string | undefined {
    return peek(received, envelope.parse)?.event.id;
  }

  event(received: Received): string {
    return peek(received, envelope.parse)?.event.event_type ?? '';
  }

  translate(delivery: Delivery): Translation {
    return translate(delivery);
  }
}
