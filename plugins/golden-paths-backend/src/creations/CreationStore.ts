import { CreationFact } from '@waymark/backstage-plugin-golden-paths-common';
import { Knex } from 'knex';
import { Creation } from './Creation';

/** What a task was when it was last read. */
export interface Reading {
  status: string;
  heartbeatAt?: Date;
}

/** Runs of templates. */
export interface CreationStore {
  /** Keeps what was read of a task, unless it was read later already. */
  save(creation: Creation): Promise<void>;
  /** Those of the tasks that are known. */
  readings(taskIds: readonly string[]): Promise<Map<string, Reading>>;
  /** Tasks that had not ended when they were last read. */
  open(): Promise<string[]>;
  /** The scaffolder has the task no longer. */
  lose(taskId: string): Promise<void>;
  /**
   * All runs, as the numbers are made of them.
   *
   * @param since - only what this transaction and later ones wrote
   */
  facts(since?: string): Promise<CreationFact[]>;
  /** The run that made an entity: the last that succeeded. */
  makerOf(entityRef: string): Promise<Creation | undefined>;
}

interface Row {
  task_id: string;
  template_ref: string;
  template_version: string | null;
  template_commit: string | null;
  inputs: Record<string, unknown>;
  left_out: string[];
  user_ref: string | null;
  queued_at: Date;
  started_at: Date | null;
  finished_at: Date | null;
  status: string;
  outcome: CreationFact['outcome'];
  failed_step_id: string | null;
  failed_step_name: string | null;
  message: string | null;
  entity_ref: string | null;
  repository_url: string | null;
  is_retried: boolean;
  heartbeat_at: Date | null;
  last_event: string | number;
}

/** What a later run of the task may not say, and an earlier one said. */
const KEPT = ['template_commit', 'entity_ref', 'repository_url'];
/** What the latest reading alone says. */
const REPLACED = [
  'finished_at',
  'status',
  'outcome',
  'failed_step_id',
  'failed_step_name',
  'message',
  'heartbeat_at',
  'last_event',
];
const FACTS = [
  'task_id',
  'template_ref',
  'template_version',
  'queued_at',
  'started_at',
  'finished_at',
  'outcome',
  'failed_step_id',
  'failed_step_name',
  'entity_ref',
  'is_retried',
] as const;

/** {@link CreationStore} in PostgreSQL. */
export class DatabaseCreationStore implements CreationStore {
  constructor(private readonly knex: Knex) {}

  async save(creation: Creation): Promise<void> {
    const row = toRow(creation);
    const columns = Object.keys(row);
    await this.knex.raw(
      `insert into creations as kept (${columns.join(', ')})
       values (${columns.map(() => '?').join(', ')})
       on conflict (task_id) do update set
         ${[
           ...KEPT.map(
             name => `${name} = coalesce(excluded.${name}, kept.${name})`,
           ),
           ...REPLACED.map(name => `${name} = excluded.${name}`),
         ].join(', ')},
         started_at = least(kept.started_at, excluded.started_at),
         is_retried = kept.is_retried or (
           kept.finished_at is not null
           and kept.finished_at is distinct from excluded.finished_at
         )
       where (coalesce(kept.heartbeat_at, '-infinity'), kept.last_event)
         <= (coalesce(excluded.heartbeat_at, '-infinity'), excluded.last_event)`,
      Object.values(row) as Knex.RawBinding[],
    );
  }

  async readings(taskIds: readonly string[]): Promise<Map<string, Reading>> {
    const rows: Pick<Row, 'task_id' | 'status' | 'heartbeat_at'>[] =
      await this.knex('creations')
        .whereRaw('task_id = any(?)', [[...taskIds]])
        .select('task_id', 'status', 'heartbeat_at');
    return new Map(
      rows.map(({ task_id, status, heartbeat_at }) => [
        task_id,
        { status, ...(heartbeat_at && { heartbeatAt: heartbeat_at }) },
      ]),
    );
  }

  async open(): Promise<string[]> {
    return this.knex('creations')
      .whereRaw("outcome in ('waiting', 'running')")
      .orderBy('task_id')
      .pluck('task_id');
  }

  async lose(taskId: string): Promise<void> {
    await this.knex('creations')
      .where({ task_id: taskId })
      .whereRaw("outcome in ('waiting', 'running')")
      .update({ outcome: 'lost' });
  }

  async facts(since?: string): Promise<CreationFact[]> {
    const query = this.knex('creations').select(...FACTS);
    if (since) query.whereRaw('xmin::text::bigint >= ?', [since]);
    const rows: Pick<Row, (typeof FACTS)[number]>[] = await query.orderBy(
      'queued_at',
    );
    return rows.map(toFact);
  }

  async makerOf(entityRef: string): Promise<Creation | undefined> {
    const row: Row | undefined = await this.knex('creations')
      .where({ entity_ref: entityRef, outcome: 'succeeded' })
      .orderBy('finished_at', 'desc', 'last')
      .first();
    return row && fromRow(row);
  }
}

function toRow(creation: Creation): Omit<Row, 'is_retried'> {
  return {
    task_id: creation.taskId,
    template_ref: creation.templateRef,
    template_version: creation.templateVersion ?? null,
    template_commit: creation.templateCommit ?? null,
    inputs: JSON.stringify(creation.inputs) as never,
    left_out: JSON.stringify(creation.leftOut) as never,
    user_ref: creation.userRef ?? null,
    queued_at: creation.queuedAt,
    started_at: creation.startedAt ?? null,
    finished_at: creation.finishedAt ?? null,
    status: creation.status,
    outcome: creation.outcome,
    failed_step_id: creation.failedStep?.id ?? null,
    failed_step_name: creation.failedStep?.name ?? null,
    message: creation.message ?? null,
    entity_ref: creation.entityRef ?? null,
    repository_url: creation.repositoryUrl ?? null,
    heartbeat_at: creation.heartbeatAt ?? null,
    last_event: creation.lastEvent,
  };
}

function fromRow(row: Row): Creation {
  return {
    taskId: row.task_id,
    templateRef: row.template_ref,
    templateVersion: row.template_version ?? undefined,
    templateCommit: row.template_commit ?? undefined,
    inputs: row.inputs,
    leftOut: row.left_out,
    userRef: row.user_ref ?? undefined,
    queuedAt: row.queued_at,
    startedAt: row.started_at ?? undefined,
    finishedAt: row.finished_at ?? undefined,
    status: row.status,
    outcome: row.outcome,
    message: row.message ?? undefined,
    entityRef: row.entity_ref ?? undefined,
    repositoryUrl: row.repository_url ?? undefined,
    heartbeatAt: row.heartbeat_at ?? undefined,
    lastEvent: Number(row.last_event),
  };
}

function toFact(row: Pick<Row, (typeof FACTS)[number]>): CreationFact {
  const { failed_step_id: id, failed_step_name: name } = row;
  return {
    taskId: row.task_id,
    templateRef: row.template_ref,
    queuedAt: row.queued_at.getTime(),
    outcome: row.outcome,
    isRetried: row.is_retried,
    ...(row.template_version && { version: row.template_version }),
    ...(row.started_at && { startedAt: row.started_at.getTime() }),
    ...(row.finished_at && { finishedAt: row.finished_at.getTime() }),
    ...(id !== null && { failedStep: { id, name: name ?? id } }),
    ...(row.entity_ref && { entityRef: row.entity_ref }),
  };
}
