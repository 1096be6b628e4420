import { randomBytes } from 'node:crypto';
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { ForgeLogger } from '../options';
import { Collection } from './collection';
import { Meta } from './meta';
import {
  accountSchema,
  AccountRecord,
  repositorySchema,
  RepositoryRecord,
  teamSchema,
  TeamRecord,
} from './records';
import { HookScope, openHooks, openRecords, RepositoryRecords } from './scopes';

/** All that the forge remembers besides the git objects. */
export class Store {
  private readonly records = new Map<number, RepositoryRecords>();
  private readonly scopes = new Map<string, HookScope>();
  private readonly byName = new Map<string, number>();

  private constructor(
    private readonly dir: string,
    private readonly logger: ForgeLogger,
    private readonly meta: Meta,
    readonly accounts: Collection<AccountRecord>,
    readonly teams: Collection<TeamRecord>,
    readonly repositories: Collection<RepositoryRecord>,
  ) {}

  static async open(dir: string, logger: ForgeLogger): Promise<Store> {
    await mkdir(dir, { recursive: true, mode: 0o700 });
    const store = new Store(
      dir,
      logger,
      Meta.open(dir),
      await Collection.open({
        dir: join(dir, 'accounts'),
        schema: accountSchema,
        keyOf: value => value.login.toLowerCase(),
        logger,
      }),
      await Collection.open({
        dir: join(dir, 'teams'),
        schema: teamSchema,
        keyOf: value => teamKey(value.organisation, value.slug),
        logger,
      }),
      await Collection.open({
        dir: join(dir, 'repositories'),
        schema: repositorySchema,
        keyOf: value => String(value.id),
        logger,
      }),
    );
    await store.openScopes();
    return store;
  }

  /** Signs the tokens of HTML forms. */
  get formKey(): string {
    return this.meta.formKey;
  }

  get publicKey(): { key: string; keyId: string } {
    return this.meta.publicKey;
  }

  /** An id never given out before, also not before a kill. */
  newId(): number {
    return this.meta.newId();
  }

  /** Folder of the bare git repository. */
  gitDir(id: number): string {
    return join(this.dir, 'git', `${id}.git`);
  }

  /** The records of a repository. */
  of(repository: Pick<RepositoryRecord, 'id'>): RepositoryRecords {
    const records = this.records.get(repository.id);
    if (!records) {
      throw new Error(`repository ${repository.id} is not open`);
    }
    return records;
  }

  /** The hooks of an organisation. */
  organisation(login: string): HookScope {
    const scope = this.scopes.get(login.toLowerCase());
    if (!scope) {
      throw new Error(`organisation ${login} is not open`);
    }
    return scope;
  }

  /** Finds a repository by its name or a name it once had. */
  find(owner: string, name: string): RepositoryRecord | undefined {
    const key = nameKey(owner, name);
    const id = this.byName.get(key);
    if (id !== undefined) {
      return this.repositories.get(String(id));
    }
    return this.repositories
      .list()
      .find(
        repository =>
          repository.owner.toLowerCase() === owner.toLowerCase() &&
          repository.formerNames.includes(name.toLowerCase()),
      );
  }

  /** Whether a name is in use now. */
  taken(owner: string, name: string): boolean {
    return this.byName.has(nameKey(owner, name));
  }

  /** Repositories of an owner by name. */
  ownedBy(owner: string): RepositoryRecord[] {
    return this.repositories
      .list()
      .filter(
        repository => repository.owner.toLowerCase() === owner.toLowerCase(),
      )
      .sort((a, b) => a.name.localeCompare(b.name, 'en'));
  }

  /** Stores a repository record that is new or was renamed. */
  async putRepository(repository: RepositoryRecord): Promise<void> {
    for (const [key, id] of this.byName) {
      if (id === repository.id) {
        this.byName.delete(key);
      }
    }
    this.byName.set(nameKey(repository.owner, repository.name), repository.id);
    if (!this.records.has(repository.id)) {
      this.records.set(repository.id, await this.open(repository.id));
    }
    await this.repositories.put(repository);
  }

  /** Changes a repository record as it is now; not its name. */
  async updateRepository(
    id: number,
    change: (current: RepositoryRecord) => RepositoryRecord,
  ): Promise<RepositoryRecord> {
    const current = this.repositories.get(String(id));
    if (!current) {
      throw new Error(`repository ${id} is gone`);
    }
    const next = change(current);
    await this.repositories.put(next);
    return next;
  }

  /** Keeps a name free of everybody else while a repository is made. */
  reserve(owner: string, name: string, id: number): () => void {
    const key = nameKey(owner, name);
    this.byName.set(key, id);
    return () => {
      if (this.byName.get(key) === id) {
        this.byName.delete(key);
      }
    };
  }

  /** Forgets a repository: the record first, so that a kill leaves no half one. */
  async deleteRepository(repository: RepositoryRecord): Promise<void> {
    const records = this.of(repository);
    this.byName.delete(nameKey(repository.owner, repository.name));
    await this.repositories.delete(String(repository.id));
    await Promise.all(Object.values(records).map(one => one.flush()));
    this.records.delete(repository.id);
    await this.discard(this.gitDir(repository.id));
    await this.discard(this.recordsDir(repository.id));
  }

  /** Removes a folder in two steps, the first of them atomic. */
  async discard(path: string): Promise<void> {
    const trash = join(this.dir, 'trash');
    await mkdir(trash, { recursive: true });
    const target = join(trash, randomBytes(8).toString('hex'));
    try {
      await rename(path, target);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
        return;
      }
      throw error;
    }
    await rm(target, { recursive: true, force: true });
  }

  /** Opens the hooks of an organisation. */
  async openOrganisation(login: string): Promise<void> {
    const key = login.toLowerCase();
    if (!this.scopes.has(key)) {
      this.scopes.set(
        key,
        await openHooks(join(this.dir, 'organisations', key), this.logger),
      );
    }
  }

  /** Every place hooks can be in. */
  hookScopes(): HookScope[] {
    return [...this.scopes.values(), ...this.records.values()];
  }

  /** Resolves when every change made so far is on disk. */
  async flush(): Promise<void> {
    const all = [this.accounts, this.teams, this.repositories].concat(
      ...this.hookScopes().map(scope => Object.values(scope)),
    );
    await Promise.all(all.map(collection => collection.flush()));
  }

  private recordsDir(id: number): string {
    return join(this.dir, 'records', String(id));
  }

  private open(id: number): Promise<RepositoryRecords> {
    return openRecords(this.recordsDir(id), this.logger);
  }

  private async openScopes(): Promise<void> {
    for (const repository of this.repositories.list()) {
      this.byName.set(
        nameKey(repository.owner, repository.name),
        repository.id,
      );
      this.records.set(repository.id, await this.open(repository.id));
    }
    await this.sweep();
  }

  /**
   * Clears away what a kill left of repositories never finished or deleted.
   * A repository whose record is there but unreadable keeps its data.
   */
  private async sweep(): Promise<void> {
    await rm(join(this.dir, 'trash'), { recursive: true, force: true });
    const known = new Set(await readdir(join(this.dir, 'repositories')));
    for (const folder of ['git', 'records']) {
      const dir = join(this.dir, folder);
      await mkdir(dir, { recursive: true, mode: 0o700 });
      for (const name of await readdir(dir)) {
        if (!known.has(`${Number.parseInt(name, 10)}.json`)) {
          await rm(join(dir, name), { recursive: true, force: true });
        }
      }
    }
  }
}

/** Key of a team in {@link Store.teams}. */
export function teamKey(organisation: string, slug: string): string {
  return `${organisation}/${slug}`.toLowerCase();
}

function nameKey(owner: string, name: string): string {
  return `${owner}/${name}`.toLowerCase();
}
