import {
  BackstageCredentials,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { Entity, stringifyEntityRef } from '@backstage/catalog-model';
import { NotAllowedError, NotFoundError } from '@backstage/errors';
import { catalogEntityReadPermission } from '@backstage/plugin-catalog-common/alpha';
import { CatalogService } from '@backstage/plugin-catalog-node';
import {
  AuthorizeResult,
  BasicPermission,
} from '@backstage/plugin-permission-common';
import { readEntities } from './readEntities';

/** Decides what a caller may do, and which entities they may see. */
export class Visibility {
  /**
   * @param reads - without this permission nothing can be seen; `what` is such as
   *   `read scores`
   * @param kinds - of the entities that are seen or not
   */
  constructor(
    private readonly services: {
      catalog: CatalogService;
      permissions: PermissionsService;
    },
    private readonly reads: { permission: BasicPermission; what: string },
    private readonly kinds: string[],
  ) {}

  async may(
    permission: BasicPermission,
    credentials: BackstageCredentials,
  ): Promise<boolean> {
    const [{ result }] = await this.services.permissions.authorize(
      [{ permission }],
      { credentials },
    );
    return result === AuthorizeResult.ALLOW;
  }

  /** @throws NotAllowedError that says what may not be done */
  async require(
    permission: BasicPermission,
    credentials: BackstageCredentials,
    what: string,
  ): Promise<void> {
    if (!(await this.may(permission, credentials))) {
      throw new NotAllowedError(`You may not ${what}`);
    }
  }

  /**
   * The entities that the caller may see: the catalog's decision. `all` also means
   * those that are gone by now.
   *
   * @throws NotAllowedError where the caller may see nothing at all
   */
  async of(credentials: BackstageCredentials): Promise<'all' | string[]> {
    await this.requireReads(credentials);
    const { catalog, permissions } = this.services;
    const [{ result }] = await permissions.authorizeConditional(
      [{ permission: catalogEntityReadPermission }],
      { credentials },
    );
    if (result === AuthorizeResult.ALLOW) return 'all';
    if (result === AuthorizeResult.DENY) return [];
    const refs: string[] = [];
    const pages = readEntities(catalog, credentials, {
      kinds: this.kinds,
      fields: ['kind', 'metadata.name', 'metadata.namespace'],
    });
    for await (const page of pages) {
      refs.push(...page.map(entity => stringifyEntityRef(entity)));
    }
    return refs;
  }

  /**
   * The entity, for who may see it: the catalog's decision.
   *
   * @throws NotAllowedError as {@link Visibility.of} does; NotFoundError for who
   *   may not see it, who learns nothing of it
   */
  async see(
    entityRef: string,
    credentials: BackstageCredentials,
  ): Promise<Entity> {
    await this.requireReads(credentials);
    const entity = await this.services.catalog.getEntityByRef(entityRef, {
      credentials,
    });
    if (!entity) throw new NotFoundError(`There is no ${entityRef}`);
    return entity;
  }

  private async requireReads(credentials: BackstageCredentials) {
    const { permission, what } = this.reads;
    await this.require(permission, credentials, what);
  }
}
