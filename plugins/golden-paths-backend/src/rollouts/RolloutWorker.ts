import { randomUUID } from 'node:crypto';
import { AuditorService, LoggerService } from '@backstage/backend-plugin-api';
import { isError } from '@backstage/errors';
import {
  compareVersions,
  snoozes,
} from '@waymark/backstage-plugin-golden-paths-common';
import { storable } from '@waymark/backstage-plugin-insights-node';
import { dayOf, SnoozeStore } from '../snoozes/SnoozeStore';
import { Upgrades } from '../upgrades/Upgrades';
import { UpgradeStore } from '../upgrades/UpgradeStore';
import { WorkState } from './progress';
import { RolloutAnnouncer } from './RolloutAnnouncer';
import { RolloutStore } from './RolloutStore';
import { Claim, RolloutWork } from './RolloutWork';

/** As many as {@link Upgrades} makes at the same time. */
const LANES = 3;
const RENEW_MS = 10_000;
/** What fails for no lasting reason is tried again after so many seconds. */
const RETRY_SECONDS = [5, 30];
const LONGEST_REASON = 1000;
/** Errors that say in words for people what is wrong. */
const IN_WORDS = [
  'ConflictError',
  'InputError',
  'NotAllowedError',
  'NotFoundError',
  'ServiceUnavailableError',
];

type Outcome = [Exclude<WorkState, 'waiting' | 'due'>, string | null];

/** Makes the pull requests of rollouts; any number of replicas share it. */
export class RolloutWorker {
  private readonly name = randomUUID();
  private readonly stopping = new AbortController();
  private running?: Promise<void>;
  private again = false;

  constructor(
    private readonly services: {
      announcer: RolloutAnnouncer;
      auditor: AuditorService;
      logger: LoggerService;
      /** For links in pull requests. */
      portalUrl: string;
      snoozes: SnoozeStore;
      store: RolloutStore;
      upgrades: Upgrades;
      upgradeStore: UpgradeStore;
      work: RolloutWork;
    },
  ) {}

  /** Works until nothing is due, also of what came meanwhile. */
  drain(): Promise<void> {
    if (this.running) {
      this.again = true;
      return this.running;
    }
    this.running = this.rounds().finally(() => {
      this.running = undefined;
    });
    return this.running;
  }

  /** Begins now, and is not waited for. */
  wake(): void {
    this.drain().catch(error =>
      this.services.logger.warn('Rollouts: not done yet', error),
    );
  }

  /** Ends what is under way; others take it over. */
  async stop(): Promise<void> {
    this.stopping.abort();
    await this.running?.catch(() => {});
  }

  private async rounds(): Promise<void> {
    const { store } = this.services;
    do {
      this.again = false;
      await store.leaveOutStopped();
      for (const id of await store.underWay()) await this.step(id);
      await this.lanes();
    } while (this.again && !this.stopping.signal.aborted);
  }

  /** Opens another lane for each thing that is taken, as long as there are few. */
  private async lanes(): Promise<void> {
    const running = new Set<Promise<void>>();
    const failures: unknown[] = [];
    const open = () => {
      if (running.size >= LANES) return;
      const lane = this.lane(open)
        .catch(error => {
          failures.push(error);
        })
        .finally(() => running.delete(lane));
      running.add(lane);
    };
    open();
    while (running.size > 0) await Promise.race(running);
    if (failures.length > 0) throw failures[0];
  }

  private async lane(callAnother: () => void): Promise<void> {
    while (!this.stopping.signal.aborted) {
      const claim = await this.services.work.take(this.name);
      if (!claim) return;
      callAnother();
      await this.attempt(claim);
      await this.step(claim.rollout.id);
    }
  }

  /** Goes on with a rollout where it can, and tells who started it what it asks. */
  private async step(id: string): Promise<void> {
    const { announcer, store } = this.services;
    const { rollout, step } = await store.step(id);
    if (typeof step === 'object') await announcer.asks(rollout, step.waitsFor);
  }

  private async attempt(claim: Claim): Promise<void> {
    const { logger, work } = this.services;
    const renewal = setInterval(() => {
      work
        .renew(claim)
        .catch(error => logger.warn('Rollouts: no new lease', error));
    }, RENEW_MS);
    try {
      const [state, reason] = await this.audited(claim, () => this.make(claim));
      await work.finish(claim, state, reason);
    } catch (error) {
      await this.giveUp(claim, error);
    } finally {
      clearInterval(renewal);
    }
  }

  private async make(claim: Claim): Promise<Outcome> {
    const { announcer, upgrades, upgradeStore } = this.services;
    const { entityRef, rollout } = claim;
    const { version } = rollout;
    const snooze = await this.services.snoozes.of(entityRef);
    if (snooze && snoozes(snooze, version, dayOf(new Date()))) {
      return ['snoozed', snoozeWords(snooze)];
    }
    const open = await upgradeStore.list({ entityRef, state: 'open' });
    const newer = open.find(({ to }) => compareVersions(to, version) > 0);
    if (newer) {
      return ['left-out', `A pull request to ${newer.to} is open already.`];
    }
    const made = await upgrades.order(
      {
        entityRef,
        commit: rollout.commit,
        otherwise: rollout.inputs,
        by: rollout.startedBy,
        note: this.noteOf(rollout),
      },
      this.stopping.signal,
    );
    if (made.result === 'up-to-date') {
      return ['up-to-date', `It is at ${made.from} already.`];
    }
    if (made.result === 'missing') {
      const names = made.missing.map(({ title }) => title).join(', ');
      return [
        'needs-answers',
        `The new version asks what nobody has answered: ${names}.`,
      ];
    }
    await announcer.opened(claim, made.upgrade);
    return ['made', null];
  }

  private noteOf({ id, reason, title, version }: Claim['rollout']): string {
    const link = `${this.services.portalUrl}/golden-paths/rollouts/${id}`;
    return `Part of [the rollout of ${title} ${version}](${link}):\n\n${reason.replace(
      /^/gm,
      '> ',
    )}\n`;
  }

  private async giveUp(claim: Claim, error: unknown): Promise<void> {
    const { logger, work } = this.services;
    if (this.stopping.signal.aborted) {
      await work.abandon(claim, 0);
      return;
    }
    const isKnown = isError(error) && IN_WORDS.includes(error.name);
    const isLasting = isKnown && error.name !== 'ServiceUnavailableError';
    const seconds = RETRY_SECONDS[claim.attempts - 1];
    if (!isLasting && seconds !== undefined) {
      logger.warn(
        `Rollouts: ${claim.entityRef} is tried again`,
        asError(error),
      );
      await work.abandon(claim, seconds);
      return;
    }
    if (!isKnown) {
      logger.error(`Rollouts: ${claim.entityRef} failed`, asError(error));
    }
    const reason = isKnown
      ? error.message
      : 'Something went wrong in the portal; its log says what.';
    await work.finish(
      claim,
      'failed',
      storable(reason).slice(0, LONGEST_REASON),
    );
  }

  private async audited(
    { entityRef, rollout }: Claim,
    work: () => Promise<Outcome>,
  ): Promise<Outcome> {
    const { id, startedBy, version } = rollout;
    const event = await this.services.auditor.createEvent({
      eventId: 'rollout-upgrade',
      severityLevel: 'medium',
      meta: { rollout: id, entityRef, version, startedBy },
    });
    try {
      const done = await work();
      await event.success({ meta: { state: done[0] } });
      return done;
    } catch (error) {
      await event.fail({ error: asError(error) });
      throw error;
    }
  }
}

/** `Until 2026-12-31: freeze before the sale`. */
export function snoozeWords({
  until,
  reason,
}: {
  until: string;
  reason: string;
}) {
  return `Until ${until}: ${reason}`;
}

function asError(error: unknown): Error {
  return isError(error) ? error : new Error(String(error));
}
