import {
  BackstageCredentials,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { Entity, stringifyEntityRef } from '@backstage/catalog-model';
import { NotAllowedError, NotFoundError } from '@backstage/errors';
import { catalogEntityReadPermission } from '@backstage/plugin-catalog-common/alpha';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { taskReadPermission } from '@backstage/plugin-scaffolder-common/alpha';
import { goldenPathsReadPermission } from '@waymark/backstage-plugin-golden-paths-common';
import { readEntities } from '../services/readEntities';

/** Components and templates that somebody may see. */
export type Sight = (entityRef: string) => boolean;

/** Decides what a caller may see: the catalog's decision, and the scaffolder's. */
export class Visibility {
  constructor(
    private readonly services: {
      catalog: CatalogService;
      permissions: PermissionsService;
    },
  ) {}

  /** @throws NotAllowedError where the caller may see nothing of golden paths */
  async require(credentials: BackstageCredentials): Promise<void> {
    const [{ result }] = await this.services.permissions.authorize(
      [{ permission: goldenPathsReadPermission }],
      { credentials },
    );
    if (result !== AuthorizeResult.ALLOW) {
      throw new NotAllowedError('You may not read what golden paths made');
    }
  }

  /** Also of what is gone, for who may see everything. */
  async of(credentials: BackstageCredentials): Promise<Sight> {
    await this.require(credentials);
    const { catalog, permissions } = this.services;
    const [{ result }] = await permissions.authorizeConditional(
      [{ permission: catalogEntityReadPermission }],
      { credentials },
    );
    if (result === AuthorizeResult.ALLOW) return () => true;
    if (result === AuthorizeResult.DENY) return () => false;
    const refs = new Set<string>();
    const fields = ['kind', 'metadata.name', 'metadata.namespace'];
    for await (const page of readEntities(catalog, credentials, fields)) {
      page.forEach(entity => refs.add(stringifyEntityRef(entity)));
    }
    return entityRef => refs.has(entityRef);
  }

  /**
   * The entity, for who may see it.
   *
   * @throws NotFoundError for others, who learn nothing of it
   */
  async see(
    entityRef: string,
    credentials: BackstageCredentials,
  ): Promise<Entity> {
    await this.require(credentials);
    const entity = await this.find(entityRef, credentials);
    if (!entity) throw new NotFoundError(`There is no ${entityRef}`);
    return entity;
  }

  /** Undefined where the caller may not see it. */
  async find(
    entityRef: string,
    credentials: BackstageCredentials,
  ): Promise<Entity | undefined> {
    return this.services.catalog.getEntityByRef(entityRef, { credentials });
  }

  /** Whether the caller may read all tasks: what others typed into forms. */
  async readsTasks(credentials: BackstageCredentials): Promise<boolean> {
    const [{ result }] = await this.services.permissions.authorizeConditional(
      [{ permission: taskReadPermission }],
      { credentials },
    );
    return result === AuthorizeResult.ALLOW;
  }
}
