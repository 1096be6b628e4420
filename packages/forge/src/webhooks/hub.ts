import { Account, Accounts } from '../accounts';
import { Happening, Webhooks } from '../context';
import { ForgeLogger } from '../options';
import { simpleOrganisation, simpleUser } from '../shapes/user';
import { DeliveryRecord, HookRecord, RepositoryRecord } from '../store/records';
import { HookScope } from '../store/scopes';
import { Store } from '../store/store';
import { Urls } from '../urls';
import { Dispatcher, PlacedHook } from './dispatcher';

/** Hands what happens to every hook that asked for it. */
export class Hub implements Webhooks {
  readonly dispatcher: Dispatcher;

  constructor(
    private readonly store: Store,
    private readonly accounts: Accounts,
    private readonly urls: Urls,
    logger: ForgeLogger,
    private readonly shape: (repository: RepositoryRecord) => object,
  ) {
    this.dispatcher = new Dispatcher(store, logger, id => this.find(id));
  }

  async emit(happening: Happening): Promise<void> {
    const { event, action = null, repository } = happening;
    const hooks = this.listening(event, repository);
    if (hooks.length === 0) {
      return;
    }
    const payload = this.payload(happening);
    for (const placed of hooks) {
      await this.dispatcher.enqueue(placed, {
        event,
        action,
        repositoryId: repository?.id ?? null,
        payload,
      });
    }
  }

  isHeard(event: string, repository: RepositoryRecord): boolean {
    return this.listening(event, repository).length > 0;
  }

  /** Sends one hook the event that says it exists. */
  async ping(
    placed: PlacedHook,
    config: object,
    happening: Pick<Happening, 'repository' | 'sender'> & {
      organisation?: Account;
    },
  ): Promise<void> {
    const { repository, sender, organisation } = happening;
    await this.dispatcher.enqueue(placed, {
      event: 'ping',
      action: null,
      repositoryId: repository?.id ?? null,
      payload: this.payload({
        repository,
        sender,
        event: 'ping',
        payload: {
          ...(organisation
            ? { organization: simpleOrganisation(organisation, this.urls) }
            : {}),
          zen: 'Keep it logically awesome.',
          hook_id: placed.hook.id,
          hook: config,
        },
      }),
    });
  }

  /** Sends the same bytes once more, under the same GUID. */
  redeliver(
    placed: PlacedHook,
    delivery: DeliveryRecord,
  ): Promise<DeliveryRecord> {
    return this.dispatcher.enqueue(placed, {
      event: delivery.event,
      action: delivery.action,
      repositoryId: delivery.repositoryId,
      payload: delivery.payload,
      guid: delivery.guid,
    });
  }

  private payload({ event, repository, sender, payload }: Happening): string {
    const owner = repository && this.accounts.known(repository.owner);
    return JSON.stringify({
      ...payload,
      ...(repository
        ? { repository: this.repositoryIn(event, repository) }
        : {}),
      ...(owner?.type === 'Organization'
        ? { organization: simpleOrganisation(owner, this.urls) }
        : {}),
      sender: simpleUser(sender, this.urls),
    });
  }

  /** A push carries Unix times and a few fields no other event has. */
  private repositoryIn(event: string, repository: RepositoryRecord): object {
    const shape = this.shape(repository);
    if (event !== 'push') {
      return shape;
    }
    const seconds = (time: string) => Math.floor(Date.parse(time) / 1000);
    const owner = this.accounts.known(repository.owner);
    return {
      ...shape,
      url: this.urls.repositoryHtml(repository),
      created_at: seconds(repository.createdAt),
      pushed_at: seconds(repository.pushedAt ?? repository.createdAt),
      stargazers: 0,
      master_branch: repository.defaultBranch,
      owner: {
        ...simpleUser(owner, this.urls),
        name: owner.login,
        email: owner.email,
      },
      ...(owner.type === 'Organization' ? { organization: owner.login } : {}),
    };
  }

  private listening(
    event: string,
    repository: RepositoryRecord | null,
  ): PlacedHook[] {
    return this.hooksOf(repository).filter(
      ({ hook }) =>
        hook.active &&
        (hook.events.includes('*') || hook.events.includes(event)),
    );
  }

  private hooksOf(repository: RepositoryRecord | null): PlacedHook[] {
    if (!repository) {
      return [];
    }
    const owner = this.accounts.known(repository.owner);
    const place = (
      scope: HookScope,
      target: PlacedHook['target'],
    ): PlacedHook[] =>
      scope.hooks.list().map((hook: HookRecord) => ({ scope, hook, target }));
    return [
      ...place(this.store.of(repository), {
        type: 'repository',
        id: repository.id,
      }),
      ...(owner.type === 'Organization'
        ? place(this.store.organisation(owner.login), {
            type: 'organization',
            id: owner.id,
          })
        : []),
    ];
  }

  private find(hookId: number): PlacedHook | undefined {
    const key = String(hookId);
    for (const owner of this.accounts.organisations()) {
      const scope = this.store.organisation(owner.login);
      const hook = scope.hooks.get(key);
      if (hook) {
        return { scope, hook, target: { type: 'organization', id: owner.id } };
      }
    }
    for (const repository of this.store.repositories.list()) {
      const scope = this.store.of(repository);
      const hook = scope.hooks.get(key);
      if (hook) {
        return {
          scope,
          hook,
          target: { type: 'repository', id: repository.id },
        };
      }
    }
    return undefined;
  }
}
