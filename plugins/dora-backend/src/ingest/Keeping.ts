import { ServiceUnavailableError } from '@backstage/errors';
import { InboxStore, NewDelivery } from './InboxStore';

/** GitHub gives up after ten seconds, and would not know what became of it. */
const PATIENCE_MS = 8_000;
/** Bodies that wait to be kept, in bytes; who comes then is sent away at once. */
const MOST_WAITING = 64 * 1024 * 1024;

/** Keeps deliveries, and says so in time where the database does not keep them. */
export class Keeping {
  private waiting = 0;

  constructor(private readonly inbox: Pick<InboxStore, 'add'>) {}

  /**
   * Keeps a delivery; when this returns, it is committed.
   *
   * @throws ServiceUnavailableError where that is not certain after 8 seconds; it
   *   may be kept later all the same, and is a duplicate when it is sent again
   */
  async add(
    delivery: NewDelivery,
  ): Promise<{ id: string; duplicate: boolean }> {
    const { length } = delivery.body;
    if (this.waiting + length > MOST_WAITING) {
      throw new ServiceUnavailableError(
        'Too many deliveries wait to be kept; send it again later',
      );
    }
    this.waiting += length;
    const kept = this.inbox.add(delivery).finally(() => {
      this.waiting -= length;
    });
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(
        () =>
          reject(
            new ServiceUnavailableError(
              'The delivery could not be kept in time; send it again later',
            ),
          ),
        PATIENCE_MS,
      );
    });
    return Promise.race([kept, late]).finally(() => clearTimeout(timer));
  }
}
