import { parse } from 'yaml';
import { z } from 'zod';
import { Account } from '../accounts';
import { Context, now } from '../context';
import { headline } from '../git/commit';
import { ZERO_SHA } from '../git/repository';
import { runShape, workflowShape } from '../shapes/run';
import { RepositoryRecord, RunRecord } from '../store/records';
import { RefUpdate } from './announce';

const FOLDER = '.github/workflows';
const MAX_FILE = 512 * 1024;

const filters = z
  .object({
    branches: z.array(z.string()).optional(),
    'branches-ignore': z.array(z.string()).optional(),
    tags: z.array(z.string()).optional(),
    'tags-ignore': z.array(z.string()).optional(),
  })
  .nullish();
const fileSchema = z.object({
  name: z.string().optional(),
  on: z.union([z.string(), z.array(z.string()), z.record(z.unknown())]),
});

/** A workflow file of one commit. */
export interface Workflow {
  /** Stays the same for a path of a repository. */
  id: number;
  path: string;
  name: string;
  /** The events it runs on, each with its filters. */
  on: Record<string, unknown>;
}

/** A number that stays the same for a path of a repository. */
export function workflowId(repository: RepositoryRecord, path: string): number {
  let hash = repository.id;
  for (const char of path) {
    hash = (hash * 31 + (char.codePointAt(0) ?? 0)) % 2_000_000_011;
  }
  return hash + 1;
}

/** Reads the text of a workflow file; undefined when it is none. */
export function readWorkflow(
  text: string,
): (Pick<Workflow, 'on'> & { name?: string }) | undefined {
  let value: unknown;
  try {
    value = parse(text, { maxAliasCount: 100 });
  } catch {
    return undefined;
  }
  const file = fileSchema.safeParse(value);
  if (!file.success) {
    return undefined;
  }
  const { name, on } = file.data;
  const names = typeof on === 'string' ? [on] : on;
  return {
    name,
    on: Array.isArray(names)
      ? Object.fromEntries(names.map(event => [event, null]))
      : names,
  };
}

/** The workflows of a commit. */
export async function workflowsOf(
  context: Context,
  repository: RepositoryRecord,
  sha: string,
): Promise<Workflow[]> {
  const git = context.git(repository);
  if ((await git.stat(sha, FOLDER))?.type !== 'tree') {
    return [];
  }
  const entries = (await git.tree(sha, { path: FOLDER })).filter(
    entry =>
      entry.type === 'blob' &&
      /\.ya?ml$/.test(entry.path) &&
      (entry.size ?? 0) <= MAX_FILE,
  );
  const workflows: Workflow[] = [];
  for (const entry of entries) {
    const file = readWorkflow((await git.blob(entry.sha)).toString('utf8'));
    const path = `${FOLDER}/${entry.path}`;
    if (file) {
      workflows.push({
        id: workflowId(repository, path),
        path,
        name: file.name ?? path,
        on: file.on,
      });
    }
  }
  return workflows;
}

/** A pattern of GitHub's branch filters as a regular expression. */
function toRegExp(pattern: string): RegExp {
  const source = pattern
    .replace(/[.()|^$\\{}]/g, '\\$&')
    .replace(/\*\*/g, '\0')
    .replace(/\*/g, '[^/]*')
    .replace(/\0/g, '.*');
  try {
    return new RegExp(`^${source}$`);
  } catch {
    return /^$/;
  }
}

function matches(name: string, patterns: string[]): boolean {
  let found = false;
  for (const pattern of patterns) {
    if (pattern.startsWith('!')) {
      found = found && !toRegExp(pattern.slice(1)).test(name);
    } else {
      found = found || toRegExp(pattern).test(name);
    }
  }
  return found;
}

/** Whether a push of this ref starts a workflow. Path filters are not read. */
export function startsOn(on: Record<string, unknown>, ref: string): boolean {
  if (!('push' in on)) {
    return false;
  }
  const given = filters.safeParse(on.push).data ?? {};
  const kind = ref.startsWith('refs/tags/') ? 'tags' : 'branches';
  const other = kind === 'tags' ? 'branches' : 'tags';
  const name = ref.replace(/^refs\/(heads|tags)\//, '');
  const only = given[kind];
  const ignored = given[`${kind}-ignore`];
  if (only) {
    return matches(name, only);
  }
  if (ignored) {
    return !matches(name, ignored);
  }
  return given[other] === undefined && given[`${other}-ignore`] === undefined;
}

/** Lists a run that waits for a runner, and tells the hooks. */
export async function queueRun(
  context: Context,
  repository: RepositoryRecord,
  actor: Account,
  run: {
    workflow: Workflow;
    event: string;
    branch: string;
    sha: string;
    title: string;
    inputs?: Record<string, string>;
  },
): Promise<RunRecord> {
  const { runs } = context.store.of(repository);
  const number = runs
    .list()
    .filter(one => one.path === run.workflow.path)
    .reduce((next, one) => Math.max(next, one.runNumber + 1), 1);
  const at = now();
  const record: RunRecord = {
    id: context.store.newId(),
    runNumber: number,
    path: run.workflow.path,
    name: run.workflow.name,
    title: run.title,
    event: run.event,
    branch: run.branch,
    sha: run.sha,
    actor: actor.login,
    inputs: run.inputs ?? {},
    status: 'queued',
    conclusion: null,
    createdAt: at,
    updatedAt: at,
  };
  await runs.put(record);
  await context.webhooks.emit({
    event: 'workflow_run',
    action: 'requested',
    repository,
    sender: actor,
    payload: {
      action: 'requested',
      workflow_run: await runShape(context, repository, record),
      workflow: workflowShape(context, repository, run.workflow),
    },
  });
  return record;
}

/** Lists the runs that a push would start. */
export async function queueRuns(
  context: Context,
  repository: RepositoryRecord,
  actor: Account,
  { ref, after }: RefUpdate,
): Promise<void> {
  const git = context.git(repository);
  const sha =
    after === ZERO_SHA ? undefined : await git.ref(`${after}^{commit}`);
  if (!sha) {
    return;
  }
  for (const workflow of await workflowsOf(context, repository, sha)) {
    if (startsOn(workflow.on, ref)) {
      const commit = await git.commit(sha);
      await queueRun(context, repository, actor, {
        workflow,
        event: 'push',
        branch: ref.replace(/^refs\/(heads|tags)\//, ''),
        sha,
        title: headline(commit?.message ?? ''),
      });
    }
  }
}
