import { randomUUID } from 'node:crypto';
import { ForgeLogger } from '../options';
import { DeliveryRecord, HookRecord } from '../store/records';
import { HookScope } from '../store/scopes';
import { Store } from '../store/store';
import { buildRequest, callReceiver, settle } from './attempt';

/** Finished deliveries kept for each hook. */
const KEEP_DELIVERIES = 100;

/** A hook, where it is stored and what it hangs on. */
export interface PlacedHook {
  scope: HookScope;
  hook: HookRecord;
  target: { type: 'repository' | 'organization'; id: number };
}

/** Finds a hook again by its id. */
export type FindHook = (hookId: number) => PlacedHook | undefined;

/**
 * Sends deliveries, those of one hook in their order. Nothing waits for it:
 * a delivery is on disk before its event is over, and is sent afterwards.
 */
export class Dispatcher {
  private readonly pumps = new Map<number, Promise<void>>();
  private readonly timers = new Map<number, NodeJS.Timeout>();
  /** When a delivery that failed may be tried again, ms since the epoch. */
  private readonly notBefore = new Map<number, number>();
  private readonly stopping = new AbortController();

  constructor(
    private readonly store: Store,
    private readonly logger: ForgeLogger,
    private readonly findHook: FindHook,
  ) {}

  /** Stores a delivery and has it sent. */
  async enqueue(
    { scope, hook }: PlacedHook,
    happening: {
      event: string;
      action: string | null;
      repositoryId: number | null;
      payload: string;
      guid?: string;
    },
  ): Promise<DeliveryRecord> {
    const delivery: DeliveryRecord = {
      id: this.store.newId(),
      hookId: hook.id,
      guid: happening.guid ?? randomUUID(),
      event: happening.event,
      action: happening.action,
      repositoryId: happening.repositoryId,
      redelivery: happening.guid !== undefined,
      payload: happening.payload,
      state: 'pending',
      attempts: 0,
      createdAt: new Date().toISOString(),
      deliveredAt: null,
      durationSeconds: 0,
      statusCode: 0,
      statusText: '',
      requestHeaders: {},
      responseHeaders: {},
      responseBody: '',
    };
    await scope.deliveries.put(delivery);
    this.wake(hook.id);
    return delivery;
  }

  /** Goes on with what an earlier run did not deliver. */
  resume(): void {
    for (const scope of this.store.hookScopes()) {
      for (const delivery of scope.deliveries.list()) {
        if (delivery.state === 'pending') {
          this.wake(delivery.hookId);
        }
      }
    }
  }

  /** Ends every call under way; what was not delivered stays for the next run. */
  async stop(): Promise<void> {
    this.stopping.abort();
    for (const timer of this.timers.values()) {
      clearTimeout(timer);
    }
    this.timers.clear();
    await Promise.all(this.pumps.values());
  }

  private wake(hookId: number): void {
    if (this.stopping.signal.aborted || this.pumps.has(hookId)) {
      return;
    }
    clearTimeout(this.timers.get(hookId));
    this.timers.delete(hookId);
    const pump = this.pump(hookId)
      .catch(error =>
        this.logger.error(`Webhook ${hookId} failed: ${error.message}`),
      )
      .finally(() => {
        this.pumps.delete(hookId);
        this.schedule(hookId);
      });
    this.pumps.set(hookId, pump);
  }

  private pending(hookId: number): DeliveryRecord[] {
    const placed = this.findHook(hookId);
    return (
      placed?.scope.deliveries
        .list()
        .filter(one => one.hookId === hookId && one.state === 'pending') ?? []
    );
  }

  private async pump(hookId: number): Promise<void> {
    for (;;) {
      const placed = this.findHook(hookId);
      const due = this.pending(hookId).find(
        one => (this.notBefore.get(one.id) ?? 0) <= Date.now(),
      );
      if (!placed || !due || this.stopping.signal.aborted) {
        return;
      }
      await this.attempt(placed, due);
    }
  }

  private async attempt(
    { scope, hook, target }: PlacedHook,
    due: DeliveryRecord,
  ): Promise<void> {
    const request = buildRequest(hook, due, target);
    const outcome = await callReceiver(hook.url, request, this.stopping.signal);
    if (this.stopping.signal.aborted && outcome.statusCode === 0) {
      return;
    }
    const { delivery, retryInMs } = settle(
      due,
      request.headers,
      outcome,
      Date.now(),
    );
    if (retryInMs === undefined) {
      this.notBefore.delete(due.id);
    } else {
      // When nobody answers, those behind it would meet the same silence.
      const waiting = outcome.statusCode === 0 ? this.pending(hook.id) : [due];
      for (const one of waiting) {
        this.notBefore.set(one.id, Date.now() + retryInMs);
      }
    }
    if (delivery.state === 'failed') {
      this.logger.warn(
        `Webhook ${hook.id}: delivery ${due.guid} of ${due.event} failed with ${
          outcome.statusCode || outcome.statusText
        }`,
      );
    }
    await scope.deliveries.put(delivery);
    await this.prune(scope, hook.id);
  }

  private async prune(scope: HookScope, hookId: number): Promise<void> {
    const finished = scope.deliveries
      .list()
      .filter(one => one.hookId === hookId && one.state !== 'pending')
      .sort((a, b) => a.id - b.id);
    for (const one of finished.slice(0, -KEEP_DELIVERIES)) {
      await scope.deliveries.delete(String(one.id));
    }
  }

  private schedule(hookId: number): void {
    const waits = this.pending(hookId).map(
      one => this.notBefore.get(one.id) ?? 0,
    );
    if (waits.length === 0 || this.stopping.signal.aborted) {
      return;
    }
    const delay = Math.max(0, Math.min(...waits) - Date.now());
    this.timers.set(
      hookId,
      setTimeout(() => {
        this.timers.delete(hookId);
        this.wake(hookId);
      }, delay),
    );
  }
}
