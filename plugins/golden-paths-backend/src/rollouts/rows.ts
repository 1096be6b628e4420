import {
  OpenedUpgrade,
  RolledState,
  Rollout,
} from '@waymark/backstage-plugin-golden-paths-common';
import { Knex } from 'knex';
import { rolledState, Stand, WorkState } from './progress';

/** A rollout without how far it is. */
export type RolloutRecord = Omit<Rollout, 'counts'> & {
  /** Of the template's repository, that the version is read at. */
  commit: string;
};

/** A service when its rollout begins. */
export interface Reached {
  entityRef: string;
  title: string | null;
  owner: string | null;
  from: string;
  state: Extract<WorkState, 'waiting' | 'due' | 'snoozed' | 'left-out'>;
  reason: string | null;
}

/** A service of a rollout. */
export interface RolledRow extends Stand {
  id: string;
  rolloutId: string;
  entityRef: string;
  title: string | null;
  owner: string | null;
  from: string;
  reason: string | null;
  shown: RolledState;
  pullRequestUrl: string | null;
}

/** Of the table. */
export interface RolloutRow {
  id: string;
  template_ref: string;
  title: string;
  version: string;
  commit: string;
  reason: string;
  canary: string;
  batch_size: number;
  after_canary: Rollout['afterCanary'];
  after_batch: Rollout['afterBatch'];
  max_failed_share: number;
  inputs: Rollout['inputs'];
  state: Rollout['state'];
  waits_for: Rollout['waitsFor'];
  batch: number;
  started_by: string;
  started_at: Date;
  ended_at: Date | null;
}

interface ServiceRow {
  id: string;
  rollout_id: string;
  entity_ref: string;
  title: string | null;
  owner: string | null;
  from_version: string;
  batch: number | null;
  state: WorkState;
  reason: string | null;
  pull_state: OpenedUpgrade['state'] | null;
  conflicts: number | null;
  url: string | null;
}

/** As the table has it. */
export function toRow(rollout: RolloutRecord): RolloutRow {
  return {
    id: rollout.id,
    template_ref: rollout.templateRef,
    title: rollout.title,
    version: rollout.version,
    commit: rollout.commit,
    reason: rollout.reason,
    canary: rollout.canary,
    batch_size: rollout.batchSize,
    after_canary: rollout.afterCanary,
    after_batch: rollout.afterBatch,
    max_failed_share: rollout.maxFailedShare,
    inputs: rollout.inputs,
    state: rollout.state,
    waits_for: rollout.waitsFor,
    batch: rollout.batch,
    started_by: rollout.startedBy,
    started_at: new Date(rollout.startedAt),
    ended_at: rollout.endedAt ? new Date(rollout.endedAt) : null,
  };
}

/** Services of some rollouts, in the order of their turn. */
export async function servicesOf(
  knex: Knex,
  ids: readonly string[],
): Promise<RolledRow[]> {
  const { rows } = await knex.raw<{ rows: ServiceRow[] }>(
    `select one.*, pull.state as pull_state, pull.conflicts, pull.url
     from rollout_services as one
     join rollouts on rollouts.id = one.rollout_id
     left join lateral (
       select state, conflicts, url from upgrades
       where upgrades.entity_ref = one.entity_ref
         and upgrades.template_ref = rollouts.template_ref
         and upgrades.to_version = rollouts.version
       order by requested_at desc, number desc limit 1
     ) as pull on true
     where one.rollout_id = any(?)
     order by one.batch nulls last, one.entity_ref collate "C"`,
    [[...ids]],
  );
  return rows.map(toService);
}

function toService(row: ServiceRow): RolledRow {
  const stand: Stand = {
    state: row.state,
    batch: row.batch,
    ...(row.pull_state && {
      pull: { state: row.pull_state, conflicts: row.conflicts ?? 0 },
    }),
  };
  return {
    ...stand,
    id: row.id,
    rolloutId: row.rollout_id,
    entityRef: row.entity_ref,
    title: row.title,
    owner: row.owner,
    from: row.from_version,
    reason: row.reason,
    shown: rolledState(stand),
    pullRequestUrl: row.url,
  };
}

/** As the rest of the code has it. */
export function toRollout(row: RolloutRow): RolloutRecord {
  return {
    id: row.id,
    templateRef: row.template_ref,
    title: row.title,
    version: row.version,
    commit: row.commit,
    reason: row.reason,
    canary: row.canary,
    batchSize: row.batch_size,
    afterCanary: row.after_canary,
    afterBatch: row.after_batch,
    maxFailedShare: row.max_failed_share,
    inputs: row.inputs,
    state: row.state,
    waitsFor: row.waits_for,
    batch: row.batch,
    startedBy: row.started_by,
    startedAt: row.started_at.toISOString(),
    endedAt: row.ended_at?.toISOString() ?? null,
  };
}
