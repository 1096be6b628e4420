import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { z } from 'zod';
import { ForgeLogger } from '../options';
import { Collection } from './collection';
import {
  accountSchema,
  AccountRecord,
  deliverySchema,
  DeliveryRecord,
  deploymentSchema,
  DeploymentRecord,
  environmentSchema,
  EnvironmentRecord,
  hookSchema,
  HookRecord,
  issueSchema,
  IssueRecord,
  protectionSchema,
  ProtectionRecord,
  repositorySchema,
  RepositoryRecord,
  runSchema,
  RunRecord,
  statusesSchema,
  StatusesRecord,
  teamSchema,
  TeamRecord,
} from './records';

const ID_BLOCK = 1000;

const metaSchema = z.object({
  version: z.literal(1),
  /** Ids up to this one may have been given out. */
  reservedId: z.number().int(),
  /** Key of the form tokens of the HTML pages. */
  formKey: z.string(),
  /** X25519, raw, base64: callers seal secrets with it. The private half is not kept. */
  publicKey: z.string(),
  publicKeyId: z.string(),
});
type Meta = z.output<typeof metaSchema>;

/** Webhooks and their deliveries, of a repository or an organisation. */
export interface HookScope {
  hooks: Collection<HookRecord>;
  deliveries: Collection<DeliveryRecord>;
}

/** The records which belong to one repository. */
export interface RepositoryRecords extends HookScope {
  issues: Collection<IssueRecord>;
  environments: Collection<EnvironmentRecord>;
  deployments: Collection<DeploymentRecord>;
  protections: Collection<ProtectionRecord>;
  statuses: Collection<StatusesRecord>;
  runs: Collection<RunRecord>;
}

/** All that the forge remembers besides the git objects. */
export class Store {
  private readonly records = new Map<number, RepositoryRecords>();
  private readonly scopes = new Map<string, HookScope>();
  private readonly byName = new Map<string, number>();
  private nextId: number;

  private constructor(
    private readonly dir: string,
    private readonly logger: ForgeLogger,
    private meta: Meta,
    readonly accounts: Collection<AccountRecord>,
    readonly teams: Collection<TeamRecord>,
    readonly repositories: Collection<RepositoryRecord>,
  ) {
    this.nextId = meta.reservedId + 1;
  }

  static async open(dir: string, logger: ForgeLogger): Promise<Store> {
    await mkdir(dir, { recursive: true, mode: 0o700 });
    const store = new Store(
      dir,
      logger,
      openMeta(dir),
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
    return { key: this.meta.publicKey, keyId: this.meta.publicKeyId };
  }

  /** An id never given out before, also not before a kill. */
  newId(): number {
    if (this.nextId > this.meta.reservedId) {
      this.meta = { ...this.meta, reservedId: this.nextId + ID_BLOCK };
      writeMeta(this.dir, this.meta);
    }
    const id = this.nextId;
    this.nextId += 1;
    return id;
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
      this.records.set(repository.id, await this.openRecords(repository.id));
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
        await this.openHooks(join(this.dir, 'organisations', key)),
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

  private async openScopes(): Promise<void> {
    for (const repository of this.repositories.list()) {
      this.byName.set(
        nameKey(repository.owner, repository.name),
        repository.id,
      );
      this.records.set(repository.id, await this.openRecords(repository.id));
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

  private async openHooks(dir: string): Promise<HookScope> {
    const { logger } = this;
    const keyOf = (value: { id: number }) => String(value.id);
    return {
      hooks: await Collection.open({
        dir: join(dir, 'hooks'),
        schema: hookSchema,
        keyOf,
        logger,
      }),
      deliveries: await Collection.open({
        dir: join(dir, 'deliveries'),
        schema: deliverySchema,
        keyOf,
        logger,
      }),
    };
  }

  private async openRecords(id: number): Promise<RepositoryRecords> {
    const { logger } = this;
    const dir = this.recordsDir(id);
    const keyOf = (value: { id: number }) => String(value.id);
    const open = <S extends z.ZodTypeAny>(
      name: string,
      schema: S,
      key: (value: z.output<S>) => string,
    ) => Collection.open({ dir: join(dir, name), schema, keyOf: key, logger });
    return {
      ...(await this.openHooks(dir)),
      issues: await open('issues', issueSchema, value => String(value.number)),
      environments: await open('environments', environmentSchema, value =>
        value.name.toLowerCase(),
      ),
      deployments: await open('deployments', deploymentSchema, keyOf),
      protections: await open(
        'protections',
        protectionSchema,
        value => value.branch,
      ),
      statuses: await open('statuses', statusesSchema, value => value.sha),
      runs: await open('runs', runSchema, keyOf),
    };
  }
}

/** Key of a team in {@link Store.teams}. */
export function teamKey(organisation: string, slug: string): string {
  return `${organisation}/${slug}`.toLowerCase();
}

function nameKey(owner: string, name: string): string {
  return `${owner}/${name}`.toLowerCase();
}

function writeMeta(dir: string, meta: Meta): void {
  const file = join(dir, 'forge.json');
  writeFileSync(`${file}.tmp`, `${JSON.stringify(meta)}\n`, { mode: 0o600 });
  renameSync(`${file}.tmp`, file);
}

function openMeta(dir: string): Meta {
  let text: string;
  try {
    text = readFileSync(join(dir, 'forge.json'), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') {
      throw error;
    }
    const meta = newMeta();
    writeMeta(dir, meta);
    return meta;
  }
  return metaSchema.parse(JSON.parse(text));
}

function newMeta(): Meta {
  const jwk = generateKeyPairSync('x25519').publicKey.export({ format: 'jwk' });
  return {
    version: 1,
    reservedId: 1000,
    formKey: randomBytes(32).toString('base64url'),
    publicKey: Buffer.from(jwk.x ?? '', 'base64url').toString('base64'),
    publicKeyId: randomBytes(8).readBigUInt64BE().toString(),
  };
}
