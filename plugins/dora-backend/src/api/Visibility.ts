import {
  BackstageCredentials,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { NotAllowedError, NotFoundError } from '@backstage/errors';
import { CatalogService } from '@backstage/plugin-catalog-node';
import {
  AuthorizeResult,
  BasicPermission,
} from '@backstage/plugin-permission-common';
import { doraReadPermission } from '@waymark/backstage-plugin-dora-common';

/** Decides what a caller may do, and which components they may see. */
export class Visibility {
  constructor(
    private readonly services: {
      catalog: CatalogService;
      permissions: PermissionsService;
    },
  ) {}

  /** @throws NotAllowedError that says what may not be done */
  async require(
    permission: BasicPermission,
    credentials: BackstageCredentials,
    what: string,
  ): Promise<void> {
    const [{ result }] = await this.services.permissions.authorize(
      [{ permission }],
      { credentials },
    );
    if (result !== AuthorizeResult.ALLOW) {
      throw new NotAllowedError(`You may not ${what}`);
    }
  }

  /**
   * Lets pass who may see this component's deliveries: the catalog's decision.
   *
   * @throws NotFoundError for others, who learn nothing of it
   */
  async see(
    entityRef: string,
    credentials: BackstageCredentials,
  ): Promise<void> {
    await this.require(
      doraReadPermission,
      credentials,
      'read delivery metrics',
    );
    const entity = await this.services.catalog.getEntityByRef(entityRef, {
      credentials,
    });
    if (!entity) throw new NotFoundError(`There is no ${entityRef}`);
  }
}
