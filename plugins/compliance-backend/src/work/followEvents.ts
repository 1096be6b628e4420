import { EventsService } from '@backstage/plugin-events-node';
import { z } from 'zod';
import { keyOf } from '../components/describe';
import { WorkStore } from './WorkStore';

/** What the Git host tells that may change a verdict. */
const TOPICS = [
  'github.push',
  'github.branch_protection_rule',
  'github.repository',
  'github.repository_ruleset',
];

const eventSchema = z.object({
  ref: z.string().optional(),
  repository: z.object({
    html_url: z.url(),
    default_branch: z.string().optional(),
  }),
});

/** Asks for the components of a repository as soon as something happens there. */
export async function followEvents(
  events: EventsService,
  work: WorkStore,
  wake: (ids: readonly number[]) => Promise<void>,
): Promise<void> {
  await events.subscribe({
    id: 'compliance',
    topics: TOPICS,
    onEvent: async ({ eventPayload }) => {
      const parsed = eventSchema.safeParse(eventPayload);
      if (!parsed.success) return;
      const { ref, repository } = parsed.data;
      const { host, pathname } = new URL(repository.html_url);
      const [, owner, name] = pathname.split('/').map(decodeURIComponent);
      if (!owner || !name) return;
      const branch = ref && branchOf(ref, repository.default_branch);
      if (ref && !branch) return;
      const ids = await work.want(
        {
          repository: keyOf({ host, owner, name }),
          ...(branch && { branch }),
        },
        { collect: true, urgent: true },
      );
      // It is kept now: this replica begins at once, and need not end it.
      wake(ids).catch(() => {});
    },
  });
}

/** Undefined for a tag. */
function branchOf(ref: string, defaultBranch: string | undefined) {
  const [, name] = /^refs\/heads\/(.+)$/.exec(ref) ?? [];
  return name && { name, isDefault: name === defaultBranch };
}
