import { z } from 'zod';
import { issuePayload } from '../payloads';
import { delivery, PartPage, Repository } from './Repository';
import { issuesAnswer } from './shapes';

type Issue = z.infer<typeof issuesAnswer>[number];

/** Issues with a label of an incident, as they are now. */
export async function* incidents(
  repository: Repository,
  labels: readonly string[],
): AsyncGenerator<PartPage> {
  const { rest, since } = repository;
  for (const label of labels) {
    let next: string | undefined = `/issues?${new URLSearchParams({
      labels: label,
      state: 'all',
      since: since.toISOString(),
      per_page: '100',
    })}`;
    while (next) {
      const page: { data: Issue[]; next?: string } | undefined = await rest.get(
        issuesAnswer,
        next,
      );
      const issues = (page?.data ?? []).filter(one => !one.pull_request);
      next = page?.next;
      yield {
        deliveries: issues.map(issue =>
          delivery(
            repository,
            `issues/${issue.number}@${issue.updated_at}`,
            'issues',
            { action: 'edited', issue },
            issuePayload,
          ),
        ),
        // They are few: whoever goes on begins with the first label.
        next: 'again',
      };
    }
  }
}
