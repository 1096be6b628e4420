import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import {
  ANNOTATION_VERSION,
  Outcome,
  readCommit,
  readRepository,
  sayCommit,
} from '@waymark/backstage-plugin-golden-paths-common';
import {
  storable,
  storableData,
} from '@waymark/backstage-plugin-insights-node';
import { z } from 'zod';
import { Creation } from './Creation';
import { leaveOutSecrets, withoutSecrets } from './leaveOutSecrets';

/** A message is read by people; the whole of it is in the task's log. */
const MOST_MESSAGE = 2_000;
const MOST_TEXT = 300;

const when = z.coerce.date();

/** What is read of a task, as the scaffolder's API has it. */
export const taskSchema = z.object({
  id: z.uuid(),
  status: z.string(),
  createdAt: when,
  lastHeartbeatAt: when.nullish(),
  createdBy: z.string().nullish(),
  spec: z.object({
    parameters: z.record(z.string(), z.unknown()).catch({}),
    steps: z
      .array(z.object({ id: z.string(), name: z.string().optional() }))
      .catch([]),
    user: z.object({ ref: z.string().optional() }).nullish().catch(null),
    templateInfo: z.object({
      entityRef: z.string().transform((text, context) => {
        const ref = wholeRef(text, 'template');
        if (ref) return ref;
        context.addIssue({ code: 'custom', message: 'is no reference' });
        return z.NEVER;
      }),
      entity: z
        .object({
          metadata: z.object({
            annotations: z.record(z.string(), z.string()).optional(),
          }),
        })
        .optional()
        .catch(undefined),
    }),
  }),
});
export type Task = z.output<typeof taskSchema>;

/** What is read of its log. */
export const eventSchema = z.object({
  id: z.number(),
  type: z.string(),
  createdAt: when,
  body: z
    .object({
      message: z.string().optional(),
      stepId: z.string().optional(),
      status: z.string().optional(),
      error: z.object({ message: z.string().optional() }).optional(),
      output: z.record(z.string(), z.unknown()).optional(),
    })
    .catch({}),
});
export type TaskEvent = z.output<typeof eventSchema>;

/** Whether the scaffolder works on it no more. */
export function isOver(status: string): boolean {
  return status !== 'open' && status !== 'processing';
}

/**
 * What a task and its log say of a creation. The log of a task that was
 * recovered begins with the latest run.
 */
export function readTask(
  task: Task,
  events: readonly TaskEvent[],
  hidden: ReadonlySet<string> = new Set(),
): Creation {
  const { spec } = task;
  const completion = events.find(({ type }) => type === 'completion');
  const lines = events.filter(({ type }) => type === 'log');
  const outcome = outcomeOf(task.status);
  const found = <T>(read: (line: string) => T | undefined) =>
    lines.map(({ body }) => read(body.message ?? '')).find(Boolean);
  const made = readOutput(completion?.body.output ?? {});
  const failedStep =
    outcome === 'failed' ? failedStepOf(task, lines) : undefined;
  const message = completion?.body.error?.message ?? completion?.body.message;
  const version =
    spec.templateInfo.entity?.metadata.annotations?.[ANNOTATION_VERSION];
  return dropUndefined({
    taskId: task.id,
    templateRef: spec.templateInfo.entityRef,
    templateVersion: version && short(version),
    templateCommit: made.templateCommit ?? found(readCommit),
    ...storableData(leaveOutSecrets(spec.parameters, hidden)),
    userRef: short(spec.user?.ref ?? task.createdBy ?? '') || undefined,
    queuedAt: task.createdAt,
    startedAt: lines[0]?.createdAt,
    finishedAt: isOver(task.status) ? completion?.createdAt : undefined,
    status: task.status,
    outcome,
    failedStep,
    message:
      outcome === 'failed' && message
        ? withoutSecrets(storable(message)).slice(0, MOST_MESSAGE)
        : undefined,
    entityRef: made.entityRef,
    repositoryUrl: address(made.repositoryUrl ?? found(readRepository)),
    heartbeatAt: task.lastHeartbeatAt ?? undefined,
    lastEvent: Math.max(0, ...events.map(({ id }) => id)),
  });
}

function outcomeOf(status: string): Outcome {
  switch (status) {
    case 'open':
      return 'waiting';
    case 'processing':
      return 'running';
    case 'completed':
      return 'succeeded';
    case 'cancelled':
      return 'cancelled';
    default:
      return 'failed';
  }
}

/** The first that says so; else the one that it was in when it was given up. */
function failedStepOf(task: Task, lines: readonly TaskEvent[]) {
  const said = (status: string) =>
    lines.filter(({ body }) => body.stepId && body.status === status);
  const ended = new Set(
    ['completed', 'skipped'].flatMap(said).map(({ body }) => body.stepId),
  );
  const id = (
    said('failed')[0] ??
    said('processing')
      .filter(({ body }) => !ended.has(body.stepId))
      .at(-1)
  )?.body.stepId;
  if (!id) return undefined;
  const step = task.spec.steps.find(one => one.id === id);
  return { id: short(id), name: short(step?.name ?? id) };
}

const linksSchema = z
  .array(
    z
      .object({ entityRef: z.string(), url: z.string(), icon: z.string() })
      .partial()
      .catch({}),
  )
  .catch([]);

/** What a template says that it made, by name or by its links. */
function readOutput(output: Record<string, unknown>) {
  const links = linksSchema.parse(output.links);
  const text = (name: string) =>
    typeof output[name] === 'string' ? (output[name] as string) : undefined;
  const ref =
    text('entityRef') ?? links.find(({ entityRef }) => entityRef)?.entityRef;
  const url =
    text('remoteUrl') ?? links.find(({ icon }) => icon === 'github')?.url;
  return {
    entityRef: ref && wholeRef(ref, 'component'),
    repositoryUrl: url,
    templateCommit: readCommit(sayCommit(text('templateCommit') ?? '')),
  };
}

/** An address that a browser opens, without anybody's credentials. */
function address(text: string | undefined): string | undefined {
  if (!text || !/^https?:\/\//.test(text) || !URL.canParse(text)) {
    return undefined;
  }
  const url = new URL(text);
  url.username = '';
  url.password = '';
  return short(url.href).replace(/\.git$/, '');
}

/** The whole of a reference that may be short; undefined where it is none. */
export function wholeRef(
  text: string,
  defaultKind: string,
): string | undefined {
  try {
    return short(stringifyEntityRef(parseEntityRef(text, { defaultKind })));
  } catch {
    return undefined;
  }
}

function short(text: string): string {
  return storable(text).slice(0, MOST_TEXT);
}

function dropUndefined<T extends object>(value: T): T {
  return Object.fromEntries(
    Object.entries(value).filter(([, item]) => item !== undefined),
  ) as T;
}
