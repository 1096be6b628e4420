import { Context, now } from '../context';
import { notFound } from '../errors';
import { hasControlCharacter } from '../names';
import { EnvironmentRecord, RepositoryRecord } from '../store/records';

/** Names an environment may have: what GitHub takes. */
export function isEnvironmentName(name: string): boolean {
  return name.length > 0 && name.length <= 255 && !hasControlCharacter(name);
}

/** @throws ApiError 404 */
export function findEnvironment(
  context: Context,
  repository: RepositoryRecord,
  name: string,
): EnvironmentRecord {
  const found = context.store
    .of(repository)
    .environments.get(name.toLowerCase());
  if (!found) {
    throw notFound();
  }
  return found;
}

/** An environment with nothing set. */
export function newEnvironment(
  context: Context,
  name: string,
): EnvironmentRecord {
  const at = now();
  return {
    id: context.store.newId(),
    name,
    waitTimer: 0,
    preventSelfReview: false,
    reviewers: [],
    branchPolicy: null,
    policies: [],
    variables: {},
    secrets: {},
    createdAt: at,
    updatedAt: at,
  };
}
