import { EventsService } from '@backstage/plugin-events-node';
import { z } from 'zod';
import { keyOf } from '@waymark/repositories';
import { Selection, WorkStore } from './WorkStore';

/** What the Git host tells that may change a verdict. */
const TOPICS = [
  'github.push',
  'github.branch_protection_rule',
  'github.repository',
  'github.repository_ruleset',
];
/** The catalog reads an entity's file after the same push, and takes a moment. */
const CATALOG_MS = [2_000, 5_000, 10_000];

const paths = z.array(z.string()).default([]);
const eventSchema = z.object({
  ref: z.string().optional(),
  commits: z
    .array(z.object({ added: paths, modified: paths, removed: paths }))
    .default([]),
  repository: z.object({
    html_url: z.url(),
    default_branch: z.string().optional(),
  }),
});
type Event = z.infer<typeof eventSchema>;

/** Asks for the components of a repository as soon as something happens there. */
export async function followEvents(
  events: EventsService,
  work: WorkStore,
  wake: (ids: readonly number[]) => Promise<void>,
): Promise<void> {
  const ask = async (selection: Selection) => {
    const ids = await work.want(selection, { collect: true, urgent: true });
    // It is kept now: this replica begins at once, and need not end it.
    wake(ids).catch(() => {});
    return ids.length > 0;
  };
  await events.subscribe({
    id: 'compliance',
    topics: TOPICS,
    onEvent: async ({ eventPayload }) => {
      const parsed = eventSchema.safeParse(eventPayload);
      const selection = parsed.success && selectionOf(parsed.data);
      if (!selection) return;
      const found = await ask(selection);
      if (!found || !changesEntity(parsed.data)) return;
      for (const delay of CATALOG_MS) {
        setTimeout(() => ask(selection).catch(() => {}), delay).unref();
      }
    },
  });
}

/** Undefined where it is of no branch. */
function selectionOf({ ref, repository }: Event): Selection | undefined {
  const { host, pathname } = new URL(repository.html_url);
  const [, owner, name] = pathname.split('/');
  if (!owner || !name) return undefined;
  const of = { repository: keyOf({ host, owner, name }) };
  if (ref === undefined) return of;
  const [, branch] = /^refs\/heads\/(.+)$/.exec(ref) ?? [];
  if (!branch) return undefined;
  const isDefault = branch === repository.default_branch;
  return { ...of, branch: { name: branch, isDefault } };
}

function changesEntity({ commits }: Event): boolean {
  return commits
    .flatMap(({ added, modified, removed }) => [
      ...added,
      ...modified,
      ...removed,
    ])
    .some(path => /(^|\/)catalog-info\.ya?ml$/.test(path));
}
