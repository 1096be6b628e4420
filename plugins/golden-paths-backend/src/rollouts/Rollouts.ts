import { randomUUID } from 'node:crypto';
import { AuditorService } from '@backstage/backend-plugin-api';
import { ConflictError, InputError, NotFoundError } from '@backstage/errors';
import { TemplateEntityV1beta3 } from '@backstage/plugin-scaffolder-common';
import {
  compareVersions,
  Rollout,
  RolloutPage,
  RolloutRequest,
  ServiceFact,
  snoozes,
  versionSchema,
} from '@waymark/backstage-plugin-golden-paths-common';
import { questionsOf } from '@waymark/backstage-plugin-golden-paths-node';
import { Sight } from '../api/Visibility';
import { PathStore } from '../services/PathStore';
import { dayOf, SnoozeStore } from '../snoozes/SnoozeStore';
import {
  TemplateVersion,
  TemplateVersions,
} from '../upgrades/TemplateVersions';
import { Caller, refOf } from '../upgrades/Upgrades';
import { countStates } from './progress';
import { RolloutStore } from './RolloutStore';
import { snoozeWords } from './RolloutWorker';
import { Reached, RolledRow, RolloutRecord } from './rows';

const TIMEOUT_MS = 60_000;

/** What can be done with a rollout. */
export type Deed =
  | { deed: 'go-on' | 'pause' | 'stop' }
  | { deed: 'retry'; entityRefs?: string[] };

/** Brings a new version to all services of a template, batch by batch. */
export class Rollouts {
  constructor(
    private readonly services: {
      auditor: AuditorService;
      paths: PathStore;
      snoozes: SnoozeStore;
      store: RolloutStore;
      /** With the caller's eyes. */
      template(
        ref: string,
        credentials: Caller['credentials'],
      ): Promise<TemplateEntityV1beta3 | undefined>;
      versions: TemplateVersions;
      /** Begins with what is due. */
      wake(): void;
    },
  ) {}

  /** Newest first, each with what the caller may see of it. */
  async list(sees: Sight): Promise<Rollout[]> {
    const { store } = this.services;
    const records = (await store.list()).filter(one => sees(one.templateRef));
    const rows = await store.services(records.map(({ id }) => id));
    const visible = rows.filter(({ entityRef }) => sees(entityRef));
    return records.map(one =>
      withCounts(
        one,
        visible.filter(({ rolloutId }) => rolloutId === one.id),
      ),
    );
  }

  /** @throws NotFoundError, also for what the caller may not see */
  async page(id: string, sees: Sight): Promise<RolloutPage> {
    const record = await this.services.store.find(id);
    if (!sees(record.templateRef)) {
      throw new NotFoundError(`There is no rollout ${id}`);
    }
    const all = await this.services.store.services([id]);
    const rows = all.filter(({ entityRef }) => sees(entityRef));
    return {
      rollout: withCounts(record, rows),
      services: rows.map(row => ({
        entityRef: row.entityRef,
        title: row.title,
        owner: row.owner,
        from: row.from,
        batch: row.batch,
        state: row.shown,
        reason: row.reason,
        pullRequestUrl: row.pullRequestUrl,
        conflicts: row.pull?.conflicts ?? 0,
      })),
    };
  }

  /**
   * Starts one with its canary.
   *
   * @returns its id
   * @throws InputError, NotFoundError and ConflictError in words for the caller
   */
  async create(request: RolloutRequest, caller: Caller): Promise<string> {
    const id = randomUUID();
    const meta = {
      id,
      ...request,
      leaveOut: request.leaveOut.length,
      // Whatever somebody has written there stays out of the log.
      inputs: Object.keys(request.inputs),
    };
    await this.audited('rollout-create', meta, caller, async () => {
      const templateRef = refOf(request.templateRef);
      const template = await this.services.template(
        templateRef,
        caller.credentials,
      );
      if (!template) throw new NotFoundError(`There is no ${templateRef}`);
      const newest = await this.services.versions.newest(
        template,
        AbortSignal.timeout(TIMEOUT_MS),
      );
      const { commit, title, version } = newest;
      requireAsked(newest, request.inputs);
      const canary = refOf(request.canary);
      const reached = await this.reach(templateRef, version, {
        canary,
        leaveOut: new Set(request.leaveOut.map(refOf)),
      });
      const { leaveOut: _, ...asked } = request;
      await this.services.store.create(
        {
          ...asked,
          id,
          templateRef,
          canary,
          title,
          version,
          commit,
          state: 'running',
          waitsFor: null,
          batch: 0,
          startedBy: caller.credentials.principal.userEntityRef,
          startedAt: new Date().toISOString(),
          endedAt: null,
        },
        reached,
      );
    });
    this.services.wake();
    return id;
  }

  /** @throws NotFoundError, InputError and ConflictError in words for the caller */
  async move(id: string, deed: Deed, caller: Caller): Promise<void> {
    const { store, wake } = this.services;
    await this.audited(`rollout-${deed.deed}`, { id }, caller, async () => {
      if (deed.deed === 'go-on') await store.goOn(id);
      if (deed.deed === 'pause') await store.pause(id);
      if (deed.deed === 'stop') await store.stop(id);
      if (deed.deed === 'retry') {
        await store.retry(id, deed.entityRefs?.map(refOf));
      }
    });
    wake();
  }

  private async reach(
    templateRef: string,
    version: string,
    { canary, leaveOut }: { canary: string; leaveOut: ReadonlySet<string> },
  ): Promise<Reached[]> {
    const { paths, snoozes: store } = this.services;
    const today = dayOf(new Date());
    const [services, snoozed] = await Promise.all([
      paths.services(),
      store.all(),
    ]);
    const reached = services
      .filter(one => one.template === templateRef && isBehind(one, version))
      .map(({ entityRef, title, owner, version: from }): Reached => {
        const about = {
          entityRef,
          title: title ?? null,
          owner: owner ?? null,
          from: from!,
        };
        const snooze = snoozed.get(entityRef);
        if (leaveOut.has(entityRef)) {
          const reason = 'It was left out when the rollout began.';
          return { ...about, state: 'left-out', reason };
        }
        if (snooze && snoozes(snooze, version, today)) {
          return { ...about, state: 'snoozed', reason: snoozeWords(snooze) };
        }
        const state = entityRef === canary ? 'due' : 'waiting';
        return { ...about, state, reason: null };
      });
    if (reached.length === 0) {
      throw new ConflictError(
        `No service is behind ${version}: there is nothing to roll out.`,
      );
    }
    if (!reached.some(({ state }) => state === 'due')) {
      throw new InputError(
        `canary: must be a service that is behind ${version}, neither snoozed nor left out`,
      );
    }
    return reached;
  }

  private async audited(
    eventId: string,
    meta: { id: string } & object,
    { request }: Caller,
    work: () => Promise<void>,
  ): Promise<void> {
    const event = await this.services.auditor.createEvent({
      eventId,
      severityLevel: 'medium',
      request,
      meta: { ...meta },
    });
    try {
      await work();
      await event.success();
    } catch (error) {
      await event.fail({ error: error as Error });
      throw error;
    }
  }
}

/** @throws InputError */
function requireAsked(
  { template, version }: TemplateVersion,
  inputs: RolloutRequest['inputs'],
) {
  const asked = questionsOf(template).map(({ name }) => name);
  const unknown = Object.keys(inputs).find(name => !asked.includes(name));
  if (unknown === undefined) return;
  throw new InputError(
    `inputs: ${version} does not ask ${unknown}; it asks ${asked.join(', ')}`,
  );
}

function isBehind({ isGone, version }: ServiceFact, newest: string): boolean {
  return (
    !isGone &&
    versionSchema.safeParse(version).success &&
    compareVersions(version!, newest) < 0
  );
}

function withCounts(
  { commit: _, ...record }: RolloutRecord,
  rows: readonly RolledRow[],
): Rollout {
  return { ...record, counts: countStates(rows.map(({ shown }) => shown)) };
}
