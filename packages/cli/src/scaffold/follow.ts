import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import type { Context } from '../commands/Context';
import { Paper, plain } from '../compliance/paper';
import { findEntity, pageOf } from '../portal/catalog';
import { PortalClient } from '../portal/PortalClient';
import { paintWith } from '../terminal/colours';
import { taskEvents } from './events';
import { Progress } from './Progress';

const POLL_MS = 1_000;
/** A new repository is in the catalog within a minute where all goes well. */
const PATIENCE = 180;

const taskSchema = z.object({
  id: z.string(),
  spec: z.object({
    steps: z.array(z.object({ id: z.string(), name: z.string() })).default([]),
    templateInfo: z.object({ entityRef: z.string() }).optional(),
  }),
});

const outputSchema = z
  .object({
    entityRef: z.string().optional().catch(undefined),
    remoteUrl: z.string().optional().catch(undefined),
    links: z
      .array(
        z.object({
          title: z.string().default('Link'),
          url: z.string().optional(),
          entityRef: z.string().optional(),
        }),
      )
      .catch([]),
  })
  .catch({ links: [] });

interface Link {
  title: string;
  url: string;
}

/** How a creation went. */
interface Outcome {
  taskId: string;
  result: 'completed' | 'failed' | 'cancelled';
  taskUrl: string;
  entityRef?: string;
  /** Whether it is in the catalog. */
  registered: boolean;
  links: Link[];
  failedStep?: string;
  reason?: string;
}

export const taskPage = (portal: string, id: string) =>
  `${portal}/create/tasks/${encodeURIComponent(id)}`;

const isWhole = ({ entityRef, registered }: Outcome) =>
  entityRef === undefined || registered;

/**
 * Follows a task to its end, and until what it made is in the catalog.
 *
 * @returns the exit code: 1 where it failed
 */
export async function followTask(
  client: PortalClient,
  taskId: string,
  how: { json?: boolean; log?: boolean },
  context: Context,
): Promise<number> {
  const stop = new AbortController();
  const interrupted = () => stop.abort();
  process.once('SIGINT', interrupted);
  try {
    const outcome = await outcomeOf(
      client,
      taskId,
      how.log === true,
      context,
      stop.signal,
    );
    context.out(
      how.json
        ? `${JSON.stringify(outcome, null, 2)}\n`
        : printed(outcome, context.colours === true),
    );
    return outcome.result === 'completed' && isWhole(outcome) ? 0 : 1;
  } catch (error) {
    const goesOn = `It goes on in the portal. Watch it there, or with: waymark scaffold watch ${taskId}\n  ${taskPage(
      client.url,
      taskId,
    )}`;
    if (stop.signal.aborted) throw new Error(`Not waited for. ${goesOn}`);
    throw new Error(`${(error as Error).message}\n${goesOn}`);
  } finally {
    process.off('SIGINT', interrupted);
  }
}

async function outcomeOf(
  client: PortalClient,
  taskId: string,
  all: boolean,
  context: Context,
  signal: AbortSignal,
): Promise<Outcome> {
  const { spec } = await client.get(
    `/api/scaffolder/v2/tasks/${encodeURIComponent(taskId)}`,
    taskSchema,
  );
  const progress = new Progress(spec.steps, {
    note: context.note,
    paint: paintWith(context.noteColours),
    all,
    columns: context.columns,
  });
  let end: { output?: unknown; status?: string; message: string } | undefined;
  let why: string | undefined;
  for await (const event of taskEvents(client, taskId, signal)) {
    progress.tell(event);
    if (event.type !== 'completion') continue;
    end = event.body;
    why = event.body.error?.message;
  }
  const output = outputSchema.parse(end?.output ?? {});
  const said = end?.message.replace(/^.*status: /, '');
  const base = {
    taskId,
    taskUrl: taskPage(client.url, taskId),
    links: linksOf(output, client.url),
  };
  if (progress.failure || why || said !== 'completed') {
    const { step, reason } = progress.failure ?? {};
    return {
      ...base,
      result: said === 'cancelled' ? 'cancelled' : 'failed',
      registered: false,
      failedStep: step,
      reason: plain(why ?? reason ?? end?.message ?? ''),
    };
  }
  const { entityRef } = output;
  if (entityRef) progress.now(`Waiting for ${plain(entityRef)} in the catalog`);
  const registered =
    entityRef !== undefined && (await isRegistered(client, entityRef, signal));
  progress.end();
  return { ...base, result: 'completed', entityRef, registered };
}

async function isRegistered(
  client: PortalClient,
  ref: string,
  signal: AbortSignal,
): Promise<boolean> {
  for (let asked = 0; asked < PATIENCE; asked += 1) {
    if (await findEntity(client, ref)) return true;
    await delay(POLL_MS, undefined, { signal });
  }
  return false;
}

function linksOf(output: z.infer<typeof outputSchema>, portal: string): Link[] {
  const links = output.links.flatMap(({ title, url, entityRef }) => {
    const target = url ?? (entityRef && pageOf(portal, entityRef));
    return target && /^https?:/i.test(target) ? [{ title, url: target }] : [];
  });
  return links.length === 0 && output.remoteUrl
    ? [{ title: 'Repository', url: output.remoteUrl }]
    : links;
}

function printed(outcome: Outcome, colours: boolean): string {
  const { result, entityRef, registered, links, taskUrl } = outcome;
  const paper = new Paper(colours);
  paper.line();
  if (result !== 'completed') {
    const { failedStep, reason } = outcome;
    paper.line(
      paper.style(
        'red',
        result === 'cancelled'
          ? '✗ It was cancelled.'
          : `✗ It failed${failedStep ? `: ${failedStep}` : ''}.`,
      ),
    );
    if (reason) paper.entry('', reason, 2);
    paper.line(taskUrl, 2);
    return paper.toString();
  }
  const name = entityRef ?? 'It';
  paper.line(
    registered || !entityRef
      ? paper.style(
          'green',
          `✓ ${plain(name)} is made${registered ? ' and in the catalog' : ''}.`,
        )
      : paper.style(
          'yellow',
          `! ${plain(name)} is made, but not in the catalog yet.`,
        ),
  );
  const width = Math.max(0, ...links.map(({ title }) => title.length));
  for (const { title, url } of links) {
    paper.line(`${plain(title).padEnd(width)}  ${plain(url)}`, 2);
  }
  return paper.toString();
}
