import { ReactNode } from 'react';
import { useRouteRef } from '@backstage/frontend-plugin-api';
import { catalogEntityCreatePermission } from '@backstage/plugin-catalog-common/alpha';
import { EntityListPagination } from '@backstage/plugin-catalog-react';
import { usePermission } from '@backstage/plugin-permission-react';
import scaffolderPlugin from '@backstage/plugin-scaffolder/alpha';
import { ButtonLink } from '@backstage/ui';
import { RiAddLine } from '@remixicon/react';
import { EntityList } from './EntityList';

/** Everything in the catalog, with the way to add to it. */
export const CatalogPage = (props: {
  filters: ReactNode;
  pagination: EntityListPagination;
}) => {
  const create = useRouteRef(scaffolderPlugin.routes.root)?.();
  const { allowed } = usePermission({
    permission: catalogEntityCreatePermission,
  });
  return (
    <EntityList
      title="Catalog"
      actions={
        allowed &&
        create && (
          <ButtonLink
            variant="primary"
            href={create}
            iconStart={<RiAddLine aria-hidden />}
          >
            Create
          </ButtonLink>
        )
      }
      {...props}
    />
  );
};
