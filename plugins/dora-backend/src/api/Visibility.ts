import {
  BackstageCredentials,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { stringifyEntityRef } from '@backstage/catalog-model';
import { NotAllowedError, NotFoundError } from '@backstage/errors';
import { catalogEntityReadPermission } from '@backstage/plugin-catalog-common/alpha';
import { CatalogService } from '@backstage/plugin-catalog-node';
import {
  AuthorizeResult,
  BasicPermission,
} from '@backstage/plugin-permission-common';
import { doraReadPermission } from '@waymark/backstage-plugin-dora-common';
import { readComponents } from '../components/readComponents';
import { Refs } from '../read-models/refs';

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
   * The components that the caller may see: the catalog's decision.
   *
   * @throws NotAllowedError where the caller may see no metrics at all
   */
  async of(credentials: BackstageCredentials): Promise<Refs> {
    await this.require(
      doraReadPermission,
      credentials,
      'read delivery metrics',
    );
    const [{ result }] = await this.services.permissions.authorizeConditional(
      [{ permission: catalogEntityReadPermission }],
      { credentials },
    );
    if (result === AuthorizeResult.ALLOW) return 'all';
    if (result === AuthorizeResult.DENY) return [];
    const refs: string[] = [];
    const fields = ['kind', 'metadata.name', 'metadata.namespace'];
    for await (const page of readComponents(
      this.services.catalog,
      credentials,
      fields,
    )) {
      refs.push(...page.map(item => stringifyEntityRef(item)));
    }
    return refs;
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
