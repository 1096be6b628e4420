import { Account } from '../accounts';
import { Context, now } from '../context';
import { ApiError } from '../errors';
import { GitRepository } from '../git/repository';
import { isRepositoryName } from '../names';
import { RepositoryRecord, repositorySettingsSchema } from '../store/records';

/** What a repository is made from. */
export interface NewRepository {
  owner: Account;
  name: string;
  creator: Account;
  description?: string | null;
  homepage?: string | null;
  visibility: RepositoryRecord['visibility'];
  settings: Record<string, unknown>;
  customProperties?: Record<string, unknown>;
  /** Bare repository it starts as a copy of. */
  fork?: RepositoryRecord;
}

/** @throws ApiError 422 when the name is not valid */
export function checkName(name: string): void {
  if (!isRepositoryName(name)) {
    throw new ApiError(422, 'Repository creation failed.', [
      {
        resource: 'Repository',
        field: 'name',
        code: 'custom',
        message:
          'name can only contain ASCII letters, digits, and the characters ., -, and _',
      },
    ]);
  }
}

function nameTaken(): ApiError {
  return new ApiError(422, 'Repository creation failed.', [
    {
      resource: 'Repository',
      field: 'name',
      code: 'custom',
      message: 'name already exists on this account',
    },
  ]);
}

/**
 * Makes a repository and tells the webhooks of it.
 *
 * @throws ApiError 422 when the name is not valid or taken
 */
export async function createRepository(
  context: Context,
  wanted: NewRepository,
): Promise<RepositoryRecord> {
  const { store, webhooks } = context;
  const { owner, name, creator, fork } = wanted;
  checkName(name);
  if (store.taken(owner.login, name)) {
    throw nameTaken();
  }
  const id = store.newId();
  const release = store.reserve(owner.login, name, id);
  try {
    const at = now();
    const record: RepositoryRecord = {
      id,
      owner: owner.login,
      name,
      formerNames: [],
      description: wanted.description ?? null,
      homepage: wanted.homepage ?? null,
      visibility: wanted.visibility,
      archived: false,
      forkOf: fork?.id ?? null,
      defaultBranch: fork?.defaultBranch ?? 'main',
      topics: [],
      settings: repositorySettingsSchema.parse(wanted.settings),
      customProperties: wanted.customProperties ?? {},
      createdBy: creator.login,
      createdAt: at,
      updatedAt: at,
      pushedAt: null,
      size: 0,
      collaborators: [],
      teams: [],
      variables: {},
      secrets: {},
      labels: [],
      deployKeys: [],
      autolinks: [],
      subscribers: [],
      oidc: null,
      workflowAccess: 'none',
      refs: {},
    };
    const git = await GitRepository.init(
      store.gitDir(id),
      record.defaultBranch,
    );
    if (fork) {
      await git.run([
        'fetch',
        '--quiet',
        '--no-tags',
        store.gitDir(fork.id),
        'refs/heads/*:refs/heads/*',
        'refs/tags/*:refs/tags/*',
      ]);
      record.refs = Object.fromEntries(
        (await git.refs('refs/heads/', 'refs/tags/')).map(ref => [
          ref.name,
          ref.sha,
        ]),
      );
      record.pushedAt = fork.pushedAt;
    }
    await store.putRepository(record);
    await webhooks.emit({
      event: 'repository',
      action: 'created',
      repository: record,
      sender: creator,
      payload: { action: 'created' },
    });
    return record;
  } catch (error) {
    release();
    throw error;
  }
}

/** Gives a repository another name; the old one goes on working. */
export async function renameRepository(
  context: Context,
  repository: RepositoryRecord,
  name: string,
  actor: Account,
): Promise<RepositoryRecord> {
  const { store, webhooks } = context;
  checkName(name);
  const sameKey = name.toLowerCase() === repository.name.toLowerCase();
  if (!sameKey && store.taken(repository.owner, name)) {
    throw nameTaken();
  }
  const former = repository.formerNames.filter(
    one => one !== name.toLowerCase(),
  );
  const renamed: RepositoryRecord = {
    ...repository,
    name,
    formerNames: sameKey ? former : [...former, repository.name.toLowerCase()],
    updatedAt: now(),
  };
  await store.putRepository(renamed);
  await webhooks.emit({
    event: 'repository',
    action: 'renamed',
    repository: renamed,
    sender: actor,
    payload: {
      action: 'renamed',
      changes: { repository: { name: { from: repository.name } } },
    },
  });
  return renamed;
}

/** Removes a repository with all that belongs to it. */
export async function deleteRepository(
  context: Context,
  repository: RepositoryRecord,
  actor: Account,
): Promise<void> {
  await context.webhooks.emit({
    event: 'repository',
    action: 'deleted',
    repository,
    sender: actor,
    payload: { action: 'deleted' },
  });
  await context.store.deleteRepository(repository);
}
