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
import { complianceReadPermission } from '@waymark/backstage-plugin-compliance-common';
import { readEntities } from '../components/readEntities';
import { Visible } from '../visible';

/** Decides what a caller may do, and which components they may see. */
export class Visibility {
  constructor(
    private readonly services: {
      catalog: CatalogService;
      permissions: PermissionsService;
    },
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
   * The components that the caller may see: the catalog's decision.
   *
   * @throws NotAllowedError where the caller may see no scores at all
   */
  async of(credentials: BackstageCredentials): Promise<Visible> {
    await this.require(complianceReadPermission, credentials, 'read scores');
    const [{ result }] = await this.services.permissions.authorizeConditional(
      [{ permission: catalogEntityReadPermission }],
      { credentials },
    );
    if (result === AuthorizeResult.ALLOW) return 'all';
    if (result === AuthorizeResult.DENY) return [];
    return this.list(credentials);
  }

  /**
   * Lets pass who may see this component's score.
   *
   * @throws NotFoundError for others, who learn nothing of it
   */
  async see(
    entityRef: string,
    credentials: BackstageCredentials,
  ): Promise<void> {
    await this.require(complianceReadPermission, credentials, 'read scores');
    const entity = await this.services.catalog.getEntityByRef(entityRef, {
      credentials,
    });
    if (!entity) throw new NotFoundError(`There is no ${entityRef}`);
  }

  private async list(credentials: BackstageCredentials): Promise<string[]> {
    const refs: string[] = [];
    for await (const page of readEntities(this.services.catalog, credentials, {
      kinds: ['component'],
      fields: ['kind', 'metadata.name', 'metadata.namespace'],
    })) {
      refs.push(...page.map(item => stringifyEntityRef(item)));
    }
    return refs;
  }
}
