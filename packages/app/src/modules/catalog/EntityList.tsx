import { ReactNode } from 'react';
import { CatalogTable } from '@backstage/plugin-catalog';
import {
  CatalogFilterLayout,
  EntityListPagination,
  EntityListProvider,
} from '@backstage/plugin-catalog-react';
import { Container, Header, useBreakpoint } from '@backstage/ui';
import { narrowColumns, wideColumns } from './columns';

/** A page of catalog entities: filters, and a table with columns that fit. */
export const EntityList = (props: {
  title: string;
  filters: ReactNode;
  /** Buttons beside the title. */
  actions?: ReactNode;
  pagination: EntityListPagination;
}) => {
  const { up } = useBreakpoint();
  const wide = up('md');
  return (
    <EntityListProvider pagination={props.pagination}>
      <Header title={props.title} customActions={props.actions} />
      <Container>
        <CatalogFilterLayout>
          <CatalogFilterLayout.Filters>
            {props.filters}
          </CatalogFilterLayout.Filters>
          <CatalogFilterLayout.Content>
            <CatalogTable
              columns={wide ? wideColumns : narrowColumns}
              actions={wide ? undefined : []}
              // Columns that can be dragged hide a button inside a button.
              tableOptions={{ draggable: false }}
            />
          </CatalogFilterLayout.Content>
        </CatalogFilterLayout>
      </Container>
    </EntityListProvider>
  );
};
