import {
  CatalogFilterLayout,
  EntityKindPicker,
  EntityLifecyclePicker,
  EntityListProvider,
  EntityOwnerPicker,
  EntityTagPicker,
  EntityTypePicker,
  UserListPicker,
} from '@backstage/plugin-catalog-react';
import { CatalogTable } from '@backstage/plugin-catalog';
import { Container, Header, useBreakpoint } from '@backstage/ui';
import { narrowColumns, wideColumns } from './columns';

/** Every API of the company, with the catalog's columns. */
export const ApisPage = () => {
  const { up } = useBreakpoint();
  const wide = up('md');
  return (
    <EntityListProvider pagination={{ mode: 'offset', limit: 20 }}>
      <Header title="APIs" />
      <Container>
        <CatalogFilterLayout>
          <CatalogFilterLayout.Filters>
            <EntityKindPicker initialFilter="api" hidden />
            <EntityTypePicker />
            <UserListPicker initialFilter="all" />
            <EntityOwnerPicker />
            <EntityLifecyclePicker />
            <EntityTagPicker />
          </CatalogFilterLayout.Filters>
          <CatalogFilterLayout.Content>
            <CatalogTable
              columns={wide ? wideColumns : narrowColumns}
              actions={wide ? undefined : []}
              tableOptions={{ draggable: false }}
            />
          </CatalogFilterLayout.Content>
        </CatalogFilterLayout>
      </Container>
    </EntityListProvider>
  );
};
