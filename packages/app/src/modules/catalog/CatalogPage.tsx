import { ReactNode } from 'react';
import { CatalogIndexPage } from '@backstage/plugin-catalog/alpha';
import { EntityListPagination } from '@backstage/plugin-catalog-react';
import { useBreakpoint } from '@backstage/ui';
import { narrowColumns, wideColumns } from './columns';

/** The stock page with columns that fit. */
export const CatalogPage = (props: {
  filters: ReactNode;
  pagination: EntityListPagination;
}) => {
  const { up } = useBreakpoint();
  const wide = up('md');
  return (
    <CatalogIndexPage
      {...props}
      columns={wide ? wideColumns : narrowColumns}
      actions={wide ? undefined : []}
      // Columns that can be dragged hide a button inside a button.
      tableOptions={{ draggable: false }}
    />
  );
};
