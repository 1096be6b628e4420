import { ConflictError, InputError, NotFoundError } from '@backstage/errors';
import { Rollout } from '@waymark/backstage-plugin-golden-paths-common';
import { Knex } from 'knex';
import { nextStep, Step } from './progress';
import {
  Reached,
  RolledRow,
  RolloutRecord,
  RolloutRow,
  servicesOf,
  toRollout,
  toRow,
} from './rows';

const MOST = 50;
const UNIQUE_VIOLATION = '23505';
const STOPPED = 'The rollout was stopped.';

/** Rollouts and their services, in PostgreSQL. */
export class RolloutStore {
  constructor(private readonly knex: Knex) {}

  /** @throws ConflictError where one of the template is under way */
  async create(
    rollout: RolloutRecord,
    services: readonly Reached[],
  ): Promise<void> {
    await this.oneAtATime(async trx => {
      await trx<RolloutRow>('rollouts').insert(toRow(rollout));
      const rows = services.map(one => ({
        rollout_id: rollout.id,
        entity_ref: one.entityRef,
        title: one.title,
        owner: one.owner,
        from_version: one.from,
        batch: one.state === 'due' ? 0 : null,
        state: one.state,
        reason: one.reason,
      }));
      await trx.batchInsert('rollout_services', rows, 500);
    });
  }

  /** @throws NotFoundError */
  async find(id: string): Promise<RolloutRecord> {
    const row = await this.knex<RolloutRow>('rollouts').where({ id }).first();
    if (!row) throw new NotFoundError(`There is no rollout ${id}`);
    return toRollout(row);
  }

  /** Newest first. */
  async list(): Promise<RolloutRecord[]> {
    const rows = await this.knex<RolloutRow>('rollouts')
      .orderBy('started_at', 'desc')
      .limit(MOST);
    return rows.map(toRollout);
  }

  /** Those of some rollouts, in the order of their turn. */
  services(ids: readonly string[]): Promise<RolledRow[]> {
    return servicesOf(this.knex, ids);
  }

  /** Those that may go on by themselves. */
  async underWay(): Promise<string[]> {
    return this.knex('rollouts')
      .where({ state: 'running' })
      .orWhere({ state: 'waiting', waits_for: 'merge' })
      .pluck('id');
  }

  /** Goes on as far as it can by itself; answers what it did. */
  async step(id: string): Promise<{ rollout: RolloutRecord; step: Step }> {
    return this.knex.transaction(async trx => {
      const rollout = await lock(trx, id);
      const step = nextStep(rollout, await servicesOf(trx, [id]));
      if (step === 'batch') {
        await nextBatch(trx, rollout);
      } else if (step === 'done') {
        await write(trx, id, { state: 'done', ended_at: new Date() });
      } else if (step !== 'nothing') {
        await write(trx, id, { state: 'waiting', waits_for: step.waitsFor });
      }
      return { rollout, step };
    });
  }

  /**
   * Goes on with one that waits or was paused: with what is due, or else with the
   * next batch.
   *
   * @throws ConflictError where there is nothing to go on with
   */
  async goOn(id: string): Promise<void> {
    await this.knex.transaction(async trx => {
      const rollout = await lock(trx, id);
      requireState(rollout, ['waiting', 'paused'], 'go on');
      const services = await servicesOf(trx, [id]);
      if (services.some(({ state }) => state === 'due')) {
        await write(trx, id, { state: 'running' });
      } else {
        await nextBatch(trx, rollout);
      }
    });
  }

  /** @throws ConflictError where it does not run */
  async pause(id: string): Promise<void> {
    await this.knex.transaction(async trx => {
      requireState(await lock(trx, id), ['running', 'waiting'], 'be paused');
      await write(trx, id, { state: 'paused' });
    });
  }

  /**
   * Ends it: what is being made right now is made, and nothing else.
   *
   * @throws ConflictError where it has ended
   */
  async stop(id: string): Promise<void> {
    await this.knex.transaction(async trx => {
      const open = ['running', 'waiting', 'paused'] as const;
      requireState(await lock(trx, id), open, 'be stopped');
      await write(trx, id, { state: 'stopped', ended_at: new Date() });
      await trx('rollout_services')
        .where({ rollout_id: id, state: 'waiting' })
        .update({ state: 'left-out', reason: STOPPED });
    });
    await this.leaveOutStopped();
  }

  /** What nobody works on any more, of those that were stopped. */
  async leaveOutStopped(): Promise<void> {
    await this.knex.raw(
      `update rollout_services as one
       set state = 'left-out', reason = ?, fence = fence + 1
       from rollouts where rollouts.id = one.rollout_id
         and rollouts.state = 'stopped' and one.state = 'due'
         and (one.claimed_until is null or one.claimed_until < now())`,
      [STOPPED],
    );
  }

  /**
   * Does again what failed, or what is named.
   *
   * @throws ConflictError where nothing is to be done again; InputError for what
   * cannot be
   */
  async retry(id: string, entityRefs?: readonly string[]): Promise<void> {
    const again = entityRefs
      ? ['failed', 'needs-answers', 'snoozed', 'closed']
      : ['failed'];
    await this.oneAtATime(async trx => {
      const rollout = await lock(trx, id);
      if (rollout.state === 'stopped') {
        throw new ConflictError('It was stopped: start a new one');
      }
      const known = await servicesOf(trx, [id]);
      const can = known.filter(({ shown }) => again.includes(shown));
      const wanted = entityRefs
        ? entityRefs.map(ref => {
            const found = can.find(({ entityRef }) => entityRef === ref);
            if (found) return found;
            throw new InputError(`entityRefs: ${ref} has nothing to retry`);
          })
        : can;
      if (wanted.length === 0) throw new ConflictError('Nothing has failed');
      await makeDue(
        trx,
        wanted.map(one => one.id),
        rollout.batch,
      );
      await write(trx, id, { state: 'running', ended_at: null });
    });
  }

  /** One rollout of a template at a time: the database sees to it. */
  private async oneAtATime(
    work: (trx: Knex.Transaction) => Promise<unknown>,
  ): Promise<void> {
    try {
      await this.knex.transaction(work);
    } catch (error) {
      if ((error as { code?: string }).code !== UNIQUE_VIOLATION) throw error;
      throw new ConflictError(
        'A rollout of this template is under way: stop it first, or let it end.',
      );
    }
  }
}

async function lock(trx: Knex, id: string): Promise<RolloutRecord> {
  const row = await trx<RolloutRow>('rollouts')
    .where({ id })
    .forUpdate()
    .first();
  if (!row) throw new NotFoundError(`There is no rollout ${id}`);
  return toRollout(row);
}

async function write(
  trx: Knex,
  id: string,
  changes: Partial<RolloutRow>,
): Promise<void> {
  await trx<RolloutRow>('rollouts')
    .where({ id })
    .update({ waits_for: null, ...changes });
}

/** Also the end, where nothing is left for another batch. */
async function nextBatch(
  trx: Knex,
  { id, batch, batchSize }: RolloutRecord,
): Promise<void> {
  const ids: string[] = await trx('rollout_services')
    .where({ rollout_id: id, state: 'waiting' })
    .orderByRaw('entity_ref collate "C"')
    .limit(batchSize)
    .pluck('id');
  if (ids.length === 0) {
    await write(trx, id, { state: 'done', ended_at: new Date() });
    return;
  }
  await makeDue(trx, ids, batch + 1);
  await write(trx, id, { state: 'running', batch: batch + 1 });
}

async function makeDue(trx: Knex, ids: readonly string[], batch: number) {
  await trx('rollout_services').whereIn('id', ids).update({
    state: 'due',
    batch,
    reason: null,
    attempts: 0,
    due_at: trx.fn.now(),
  });
}

function requireState(
  { state }: RolloutRecord,
  states: readonly Rollout['state'][],
  deed: string,
) {
  if (!states.includes(state)) {
    throw new ConflictError(`It is ${state}, and cannot ${deed}`);
  }
}
