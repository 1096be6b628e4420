import { z } from 'zod';
import { deploymentPayload } from '../payloads';
import { delivery, forEach, PartPage, recent, Repository } from './Repository';
import { deploymentsAnswer, statusesAnswer } from './shapes';

type Deployment = z.infer<typeof deploymentsAnswer>[number];

/** Deployments with all of their statuses. */
export async function* deployments(
  repository: Repository,
  from?: string,
): AsyncGenerator<PartPage> {
  const { rest, since } = repository;
  let next: string | undefined = from ?? '/deployments?per_page=50';
  while (next) {
    const page: { data: Deployment[]; next?: string } | undefined =
      await rest.get(deploymentsAnswer, next);
    const { items, ...rests } = recent(
      page ?? { data: [] },
      since,
      ({ created_at: at }) => at,
    );
    const told = await forEach(items, one => toldOf(repository, one));
    yield { deliveries: told.flat(), ...rests };
    next = rests.next;
  }
}

async function toldOf(repository: Repository, one: Deployment) {
  const path = `deployments/${one.id}`;
  const statuses = await repository.rest.all(
    statusesAnswer,
    `/${path}/statuses?per_page=100`,
  );
  // As it was when it was made.
  const environment = one.original_environment ?? one.environment;
  const deployment = { ...one, environment };
  const of = (what: string, event: string, more: object) =>
    delivery(
      repository,
      what,
      event,
      { deployment, ...more },
      deploymentPayload,
    );
  return [
    of(path, 'deployment', {}),
    ...statuses.map(status =>
      of(`${path}/statuses/${status.id}`, 'deployment_status', {
        deployment_status: status,
      }),
    ),
  ];
}
