import { createHash } from 'node:crypto';
import {
  AuthenticationError,
  InputError,
  NotAllowedError,
} from '@backstage/errors';
import { DeliverySource, Received } from '@waymark/backstage-plugin-dora-node';
import { isDeeperThan } from './depth';
import { InboxStore } from './InboxStore';
import { IngestMetrics } from './IngestMetrics';
import { Keeping } from './Keeping';

/** GitHub's deepest delivery is nested 8 deep. */
const DEPTH = 100;

/** A delivery that is committed. */
interface Kept {
  id: string;
  deliveryId: string;
  duplicate: boolean;
}

/** Takes in what is authentic. */
export class Receiver {
  private readonly keeping: Keeping;

  constructor(
    inbox: InboxStore,
    /** Has it read soon. */
    private readonly wake: () => void,
    private readonly metrics: Pick<IngestMetrics, 'received' | 'refused'>,
  ) {
    this.keeping = new Keeping(inbox);
  }

  /**
   * Keeps a delivery; when this returns, it is committed.
   *
   * @throws AuthenticationError where it is not signed
   * @throws NotAllowedError where its signature is not of this body
   * @throws InputError where it is nested too deep to be read
   * @throws ServiceUnavailableError where it is not kept in time
   */
  async receive(source: DeliverySource, received: Received): Promise<Kept> {
    try {
      const kept = await this.keep(source, received);
      const { duplicate } = kept;
      this.metrics.received(source.id, duplicate ? 'duplicate' : 'kept');
      return kept;
    } catch (error) {
      this.metrics.refused(source.id, error as Error);
      throw error;
    }
  }

  private async keep(
    source: DeliverySource,
    received: Received,
  ): Promise<Kept> {
    const authenticity = await source.verify(received);
    if (authenticity === 'unsigned') {
      throw new AuthenticationError('The delivery is not signed');
    }
    if (authenticity !== 'authentic') {
      throw new NotAllowedError('The signature is not of this delivery');
    }
    if (isDeeperThan(received.body, DEPTH)) {
      throw new InputError(`The body is nested more than ${DEPTH} deep`);
    }
    const event = source.event(received).slice(0, 200);
    const deliveryId = deliveryIdOf(source, received, event);
    const { id, duplicate } = await this.keeping.add({
      source: source.id,
      deliveryId,
      event,
      body: received.body,
    });
    if (!duplicate) this.wake();
    return { id, deliveryId, duplicate };
  }
}

function deliveryIdOf(
  source: DeliverySource,
  received: Received,
  event: string,
): string {
  const stated = source.deliveryId(received);
  if (stated && /^[\x21-\x7e]{1,200}$/.test(stated)) return stated;
  const hash = createHash('sha256')
    .update(JSON.stringify([event, stated ?? null]))
    .update(received.body);
  return `sha256:${hash.digest('hex')}`;
}
