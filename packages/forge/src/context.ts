import { Account, Accounts } from './accounts';
import { Access } from './auth';
import { GitRepository } from './git/repository';
import { CheckedOptions } from './options';
import { Serial } from './serial';
import { repository as repositoryShape } from './shapes/repository';
import { RepositoryRecord } from './store/records';
import { Store } from './store/store';
import { Urls } from './urls';

/** What an event reports to the webhooks. */
export interface Happening {
  event: string;
  action?: string;
  /** Null for what concerns an organisation only. */
  repository: RepositoryRecord | null;
  sender: Account;
  /** Without repository, organization and sender: they are added. */
  payload: Record<string, unknown>;
}

/** Where events go. */
export interface Webhooks {
  /** Resolves once every delivery is on disk. */
  emit(happening: Happening): Promise<void>;
  /** Whether somebody asked for such events of a repository. */
  isHeard(event: string, repository: RepositoryRecord): boolean;
}

/** What every part of the forge works with. */
export class Context {
  readonly serial = new Serial();

  constructor(
    readonly options: CheckedOptions,
    readonly store: Store,
    readonly accounts: Accounts,
    readonly access: Access,
    readonly urls: Urls,
    readonly webhooks: Webhooks,
    /** Folder with the update and post-receive hooks. */
    readonly hooksDir: string,
    /** Folder in which finished pushes wait for their webhooks. */
    readonly journalDir: string,
  ) {}

  git(repository: Pick<RepositoryRecord, 'id'>): GitRepository {
    return new GitRepository(this.store.gitDir(repository.id));
  }

  /** The record as it is now. */
  current(
    repository: Pick<RepositoryRecord, 'id'>,
  ): RepositoryRecord | undefined {
    return this.store.repositories.get(String(repository.id));
  }

  /** Shape of a repository with its counts. */
  repositoryShape(repository: RepositoryRecord) {
    const forks = this.store.repositories
      .list()
      .filter(one => one.forkOf === repository.id).length;
    const openIssues = this.store
      .of(repository)
      .issues.list()
      .filter(issue => issue.state === 'open').length;
    return repositoryShape(
      repository,
      this.accounts.known(repository.owner),
      this.urls,
      { forks, openIssues },
    );
  }

  /** The account with this e-mail address. */
  readonly byEmail = (email: string): Account | undefined =>
    email === ''
      ? undefined
      : this.accounts
          .users()
          .find(user => user.email?.toLowerCase() === email.toLowerCase());
}

/** Now, as records and answers carry it. */
export function now(): string {
  return new Date().toISOString();
}
