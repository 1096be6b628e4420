import { EventsService } from '@backstage/plugin-events-node';
import { z } from 'zod';
import { keyOf } from '../components/describeComponent';
import { FixStore } from './FixStore';

const eventSchema = z.object({
  pull_request: z.object({
    number: z.number().int(),
    state: z.enum(['open', 'closed']),
    merged: z.boolean().nullish(),
    merged_at: z.string().nullish(),
  }),
  repository: z.object({ html_url: z.url() }),
});

/** Hears from the Git host what becomes of pull requests. */
export async function followPullRequests(
  events: EventsService,
  fixes: FixStore,
): Promise<void> {
  await events.subscribe({
    id: 'compliance-fixes',
    topics: ['github.pull_request'],
    onEvent: async ({ eventPayload }) => {
      const parsed = eventSchema.safeParse(eventPayload);
      if (!parsed.success) return;
      const { pull_request: pull, repository } = parsed.data;
      const { host, pathname } = new URL(repository.html_url);
      const [, owner, name] = pathname.split('/');
      if (!owner || !name) return;
      const ended = pull.merged || pull.merged_at ? 'merged' : 'closed';
      await fixes.setState(
        keyOf({ host, owner, name }),
        pull.number,
        pull.state === 'open' ? 'open' : ended,
      );
    },
  });
}
