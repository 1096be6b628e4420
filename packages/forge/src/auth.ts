import { Request } from 'express';
import { Account, Accounts } from './accounts';
import { ApiError, notFound } from './errors';
import { Permission, RepositoryRecord } from './store/records';
import { Store } from './store/store';

/** Who asks: somebody, or nobody in particular. */
export type Viewer = Account | undefined;

const ORDER: Permission[] = ['pull', 'triage', 'push', 'maintain', 'admin'];

/** Whether one permission includes another. */
export function includes(
  held: Permission | undefined,
  wanted: Permission,
): boolean {
  return held !== undefined && ORDER.indexOf(held) >= ORDER.indexOf(wanted);
}

/** The token a request carries, if any. */
export function readToken(header: string | undefined): string | undefined {
  if (!header) {
    return undefined;
  }
  const space = header.indexOf(' ');
  const scheme = header.slice(0, space).toLowerCase();
  const value = header.slice(space + 1).trim();
  if (scheme === 'token' || scheme === 'bearer') {
    return value;
  }
  if (scheme === 'basic') {
    const [user, ...rest] = Buffer.from(value, 'base64')
      .toString('utf8')
      .split(':');
    const password = rest.join(':');
    // GitHub takes the token as the user name too, with or without this word.
    return password === '' || password === 'x-oauth-basic' ? user : password;
  }
  return '';
}

/** Decides who may do what. */
export class Access {
  constructor(
    readonly accounts: Accounts,
    private readonly store: Store,
    private readonly anonymousRead: boolean,
  ) {}

  /** @throws ApiError 401 when there is a token and it is not right. */
  viewer(req: Request): Viewer {
    const token = readToken(req.get('authorization'));
    if (token === undefined) {
      return undefined;
    }
    const account = this.accounts.byToken(token);
    if (!account) {
      throw new ApiError(401, 'Bad credentials');
    }
    return account;
  }

  /** What the viewer may do in a repository; undefined: not even see it. */
  permission(
    viewer: Viewer,
    repository: RepositoryRecord,
  ): Permission | undefined {
    if (!viewer) {
      return this.anonymousRead && repository.visibility === 'public'
        ? 'pull'
        : undefined;
    }
    const same = (login: string) =>
      login.toLowerCase() === viewer.login.toLowerCase();
    if (same(repository.owner) || same(repository.createdBy)) {
      return 'admin';
    }
    const owner = this.accounts.get(repository.owner);
    const grants: Permission[] = [];
    if (owner?.type === 'Organization') {
      grants.push(viewer.role === 'admin' ? 'admin' : 'pull');
    } else if (repository.visibility !== 'private') {
      grants.push('pull');
    }
    for (const { login, permission } of repository.collaborators) {
      if (same(login)) {
        grants.push(permission);
      }
    }
    for (const { slug, permission } of repository.teams) {
      const team = this.accounts
        .teams(repository.owner)
        .find(one => one.slug === slug);
      if (team?.members.some(same)) {
        grants.push(permission);
      }
    }
    return grants.sort((a, b) => ORDER.indexOf(b) - ORDER.indexOf(a))[0];
  }

  /**
   * The repository, if the viewer may do this there.
   *
   * @throws ApiError 404 when it is not there or not to be seen, 401 when
   * nobody asks for what somebody might get, 403 when the permission is less
   */
  repository(
    viewer: Viewer,
    owner: string,
    name: string,
    wanted: Permission = 'pull',
  ): RepositoryRecord {
    const repository = this.store.find(owner, name);
    const held = repository && this.permission(viewer, repository);
    if (!viewer && (!held || !includes(held, wanted))) {
      throw !this.anonymousRead || held
        ? new ApiError(401, 'Requires authentication')
        : notFound();
    }
    if (!repository || !held) {
      throw notFound();
    }
    if (!includes(held, wanted)) {
      throw new ApiError(
        403,
        wanted === 'admin'
          ? 'Must have admin rights to Repository.'
          : 'Resource not accessible by personal access token',
      );
    }
    if (wanted !== 'pull' && repository.archived && wanted !== 'admin') {
      throw new ApiError(403, 'Repository was archived so is read-only.');
    }
    return repository;
  }

  /**
   * A repository for git or for a page. Where reading is open to all, it is
   * so for private repositories too: there is one person on a laptop.
   */
  readable(
    viewer: Viewer,
    owner: string,
    name: string,
  ): RepositoryRecord | undefined {
    const repository = this.store.find(owner, name);
    if (!repository) {
      return undefined;
    }
    return this.anonymousRead || this.permission(viewer, repository)
      ? repository
      : undefined;
  }

  /** @throws ApiError 401 when nobody asks. */
  someone(viewer: Viewer): Account {
    if (!viewer) {
      throw new ApiError(401, 'Requires authentication');
    }
    return viewer;
  }

  /** @throws ApiError 401, 403 or 404 unless the viewer runs the organisation. */
  organisationAdmin(viewer: Viewer, login: string): Account {
    const someone = this.someone(viewer);
    const organisation = this.accounts.get(login);
    if (organisation?.type !== 'Organization') {
      throw notFound();
    }
    if (someone.role !== 'admin') {
      throw new ApiError(403, 'Must be an organization owner');
    }
    return organisation;
  }
}
