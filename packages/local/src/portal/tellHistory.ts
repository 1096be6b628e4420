import { createHmac } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { toFastImport } from '../forge/fastImport';
import { ForgeTarget, withPushRepository } from '../forge/git';
import { SampleRepository } from '../sample';
import {
  deliveriesOf,
  SampleDelivery,
  ServiceHistory,
  weave,
  withHistory,
} from '../sample/history';

/** The portal is used meanwhile: enough to be done soon, and not to be in the way. */
const AT_ONCE = 16;
/** How often one is sent while the portal does not take it. */
const ATTEMPTS = 30;

/**
 * Sends the portal what GitHub would have sent of the sample company's history.
 * Sent twice, a delivery is counted once, so an interrupted run is simply done again.
 *
 * @param options.repositories - as they would be without it
 * @throws where the portal refuses one, or is away for too long
 */
export async function tellHistory(options: {
  histories: readonly ServiceHistory[];
  repositories: readonly SampleRepository[];
  forge: ForgeTarget;
  portalUrl: string;
  secret: string;
  /** Called for each repository that the portal knows all of now. */
  onTold: (name: string) => void;
  signal: AbortSignal;
  retryMs?: number;
}): Promise<void> {
  const { histories, repositories, forge, onTold, signal } = options;
  const byName = new Map(repositories.map(one => [one.name, one]));
  // One repository after the other: its facts are then made a few times only.
  for (const history of histories) {
    const repository = byName.get(history.name);
    if (!repository) continue;
    const [woven] = withHistory([repository], [history]);
    // The same commits as the forge has, and so their names.
    const shas = await withPushRepository(woven.name, forge, target =>
      target.load(toFastImport(woven)),
    );
    const deliveries = deliveriesOf(history, weave(repository, history), shas, {
      owner: forge.owner,
      forgeUrl: forge.url,
    });
    const queue = deliveries.values();
    const failing = new AbortController();
    const either = AbortSignal.any([signal, failing.signal]);
    const lane = async () => {
      for (const delivery of queue) {
        either.throwIfAborted();
        await send(delivery, { ...options, signal: either });
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, lane)).finally(() =>
      // One that was refused ends the others as well.
      failing.abort(),
    );
    onTold(history.name);
  }
}

async function send(
  { id, event, body }: SampleDelivery,
  options: {
    portalUrl: string;
    secret: string;
    signal: AbortSignal;
    retryMs?: number;
  },
): Promise<void> {
  const { portalUrl, secret, signal, retryMs = 1_000 } = options;
  const text = JSON.stringify(body);
  const hash = createHmac('sha256', secret).update(text).digest('hex');
  for (let attempt = 1; ; attempt += 1) {
    const response = await fetch(`${portalUrl}/api/dora/webhooks/github`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'user-agent': 'Waymark-Sample',
        'x-github-delivery': id,
        'x-github-event': event,
        'x-hub-signature-256': `sha256=${hash}`,
      },
      body: text,
      signal,
    }).catch(() => undefined);
    await response?.arrayBuffer().catch(() => undefined);
    if (response?.ok) return;
    signal.throwIfAborted();
    const isForLater =
      !response || response.status === 429 || response.status >= 500;
    if (!isForLater || attempt === ATTEMPTS) {
      throw new Error(
        `The portal did not take ${id}: ${response?.status ?? 'no answer'}`,
      );
    }
    await delay(retryMs, undefined, { signal });
  }
}
