import { z } from 'zod';
import { workflowRunPayload } from '../payloads';
import { delivery, PartPage, recent, Repository } from './Repository';
import { runsAnswer } from './shapes';

type Run = z.infer<typeof runsAnswer>['workflow_runs'][number];

/** Runs of workflows but those of pull requests, which deploy nothing that counts. */
export async function* runs(
  repository: Repository,
  from?: string,
): AsyncGenerator<PartPage> {
  const { rest, since } = repository;
  let next: string | undefined = from ?? '/actions/runs?per_page=100';
  while (next) {
    const page:
      | { data: z.infer<typeof runsAnswer>; next?: string }
      | undefined = await rest.get(runsAnswer, next);
    const { items, ...rests } = recent(
      { data: page?.data.workflow_runs ?? [], next: page?.next },
      since,
      ({ created_at: at }) => at,
    );
    const told = items
      .filter(({ event }) => !event.startsWith('pull_request'))
      .flatMap(run => toldOf(repository, run));
    yield { deliveries: told, ...rests };
    next = rests.next;
  }
}

function toldOf(repository: Repository, run: Run) {
  const path = `runs/${run.id}/attempts/${run.run_attempt}`;
  const of = (what: string, action: string, more: object) =>
    delivery(
      repository,
      what,
      'workflow_run',
      { action, workflow_run: { ...run, ...more } },
      workflowRunPayload,
    );
  const asked = { status: 'queued', conclusion: null };
  const begun = of(`${path}/requested`, 'requested', asked);
  return run.status === 'completed'
    ? [begun, of(`${path}@${run.updated_at}`, 'completed', {})]
    : [begun];
}
