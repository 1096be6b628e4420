import { EventsService } from '@backstage/plugin-events-node';
import { z } from 'zod';
import { PullRequestState } from './openPullRequest';
import { keyOf } from './Repository';

const eventSchema = z.object({
  pull_request: z.object({
    number: z.number().int(),
    state: z.enum(['open', 'closed']),
    merged: z.boolean().nullish(),
    merged_at: z.string().nullish(),
  }),
  repository: z.object({ html_url: z.url() }),
});

/**
 * Hears from the Git host what becomes of pull requests, of anybody's.
 *
 * @param id - of who hears it
 */
export async function followPullRequests(
  events: EventsService,
  id: string,
  tell: (
    repository: string,
    number: number,
    state: PullRequestState,
  ) => Promise<void>,
): Promise<void> {
  await events.subscribe({
    id,
    topics: ['github.pull_request'],
    onEvent: async ({ eventPayload }) => {
      const parsed = eventSchema.safeParse(eventPayload);
      if (!parsed.success) return;
      const { pull_request: pull, repository } = parsed.data;
      const { host, pathname } = new URL(repository.html_url);
      const [, owner, name] = pathname.split('/');
      if (!owner || !name) return;
      const ended = pull.merged || pull.merged_at ? 'merged' : 'closed';
      await tell(
        keyOf({ host, owner, name }),
        pull.number,
        pull.state === 'open' ? 'open' : ended,
      );
    },
  });
}
