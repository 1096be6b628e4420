import {
  Authenticity,
  bearerAuthenticity,
  Delivery,
  DeliverySource,
  Received,
  Translation,
} from '@waymark/backstage-plugin-dora-node';
import { z } from 'zod';
import { ArgocdSettings } from './config';
import { translate } from './translate';

const state = z.object({
  operation: z.object({ phase: z.string() }),
  health: z.object({ status: z.string() }).optional().catch(undefined),
});

/** Argo CD, by its notifications. */
export class ArgocdSource implements DeliverySource {
  readonly id = 'argocd';

  constructor(
    /** One, or several while one takes the place of another. */
    private readonly tokens: readonly string[],
    private readonly settings: ArgocdSettings,
  ) {}

  async verify(received: Received): Promise<Authenticity> {
    return bearerAuthenticity(received, this.tokens);
  }

  /** Notifications have none: the same state is the same delivery. */
  deliveryId(): undefined {
    return undefined;
  }

  event({ body }: Received): string {
    try {
      const { operation, health } = state.parse(JSON.parse(body.toString()));
      return operation.phase === 'Succeeded' && health
        ? `${operation.phase}, ${health.status}`
        : operation.phase;
    } catch {
      return '';
    }
  }

  translate(delivery: Delivery): Translation {
    return translate(delivery, this.settings);
  }
}
