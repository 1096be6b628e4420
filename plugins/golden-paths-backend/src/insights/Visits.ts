import {
  BackstageCredentials,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { NotAllowedError, NotFoundError } from '@backstage/errors';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { taskCreatePermission } from '@backstage/plugin-scaffolder-common/alpha';
import { Visit } from '@waymark/backstage-plugin-golden-paths-common';
import { Visibility } from '../api/Visibility';
import { VisitStore } from './VisitStore';

/** Counts forms that are opened, by whom is not written down. */
export class Visits {
  constructor(
    private readonly services: {
      permissions: PermissionsService;
      store: VisitStore;
      visibility: Visibility;
    },
  ) {}

  /**
   * @throws NotAllowedError for who may create nothing; NotFoundError where they
   * may not see the template
   */
  async record(visit: Visit, credentials: BackstageCredentials): Promise<void> {
    const { permissions, store, visibility } = this.services;
    const [{ result }] = await permissions.authorize(
      [{ permission: taskCreatePermission }],
      { credentials },
    );
    if (result !== AuthorizeResult.ALLOW) {
      throw new NotAllowedError('You may not create anything');
    }
    const templateRef = stringifyEntityRef(parseEntityRef(visit.templateRef));
    const template = await visibility.find(templateRef, credentials);
    if (!template) throw new NotFoundError(`There is no ${templateRef}`);
    await store.save({ ...visit, templateRef });
  }
}
