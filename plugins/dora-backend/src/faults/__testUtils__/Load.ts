import { setTimeout as delay } from 'node:timers/promises';
import { deployment, Payload, push } from '../../__testUtils__/github';
import { Replica } from './Replica';

/** Commits that are pushed one after the other, and each is deployed. */
export function history(commits: number): Payload[] {
  return Array.from({ length: commits }, (_, i) => [
    push(i * 10, [i + 1], i > 0 ? { before: i } : {}),
    deployment(i * 10 + 5, i + 1, i + 1, 'success'),
  ]).flat();
}

/** Deliveries that are sent to replicas again until each is accepted. */
export class Load {
  /** Delivery ids that were answered with 2xx. */
  readonly accepted = new Set<string>();
  /** All that was answered; 0 is no answer. */
  readonly statuses: number[] = [];
  private readonly done: Promise<unknown>;

  constructor(
    private readonly replicas: readonly Replica[],
    name: string,
    payloads: readonly Payload[],
  ) {
    const left = payloads.map((payload, i) => ({
      payload,
      id: `${name}-${i}`,
    }));
    const lane = async () => {
      for (let next = left.shift(); next; next = left.shift()) {
        await this.insist(next.payload, next.id);
      }
    };
    this.done = Promise.all(Array.from({ length: 8 }, lane));
  }

  /** How many are accepted. */
  async reaches(count: number): Promise<void> {
    while (this.accepted.size < count) await delay(5);
  }

  async ends(): Promise<void> {
    await this.done;
  }

  private async insist(payload: Payload, id: string): Promise<void> {
    for (let attempt = 0; ; attempt += 1) {
      const replica = this.replicas[attempt % this.replicas.length];
      const status = await replica
        .deliver(payload, id)
        .then(answer => answer.status)
        .catch(() => 0);
      this.statuses.push(status);
      if (status >= 200 && status < 300) {
        this.accepted.add(id);
        return;
      }
      await delay(100);
    }
  }
}
