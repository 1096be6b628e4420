import {
  BackstageCredentials,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { Entity } from '@backstage/catalog-model';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { taskReadPermission } from '@backstage/plugin-scaffolder-common/alpha';
import { goldenPathsReadPermission } from '@waymark/backstage-plugin-golden-paths-common';
import { Visibility as EntityVisibility } from '@waymark/backstage-plugin-insights-node';

/** Components and templates that somebody may see. */
export type Sight = (entityRef: string) => boolean;

const READS = {
  permission: goldenPathsReadPermission,
  what: 'read what golden paths made',
};

/** Decides what a caller may see: the catalog's decision, and the scaffolder's. */
export class Visibility {
  private readonly entities: EntityVisibility;

  constructor(
    private readonly services: {
      catalog: CatalogService;
      permissions: PermissionsService;
    },
  ) {
    const kinds = ['component', 'template'];
    this.entities = new EntityVisibility(services, READS, kinds);
  }

  /** @throws NotAllowedError where the caller may see nothing of golden paths */
  async require(credentials: BackstageCredentials): Promise<void> {
    const { permission, what } = READS;
    await this.entities.require(permission, credentials, what);
  }

  /** Also of what is gone, for who may see everything. */
  async of(credentials: BackstageCredentials): Promise<Sight> {
    const visible = await this.entities.of(credentials);
    if (visible === 'all') return () => true;
    const refs = new Set(visible);
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
    return this.entities.see(entityRef, credentials);
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
