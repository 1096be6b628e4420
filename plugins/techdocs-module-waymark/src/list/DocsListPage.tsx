import {
  CatalogFilterLayout,
  EntityListProvider,
  EntityOwnerPicker,
  EntityTagPicker,
  UserListPicker,
} from '@backstage/plugin-catalog-react';
import {
  EntityListDocsTable,
  TechDocsPicker,
} from '@backstage/plugin-techdocs';
import { Container, Header } from '@backstage/ui';

/** What has documentation; my own first, all of it one click away. */
export const DocsListPage = () => (
  <EntityListProvider>
    <Header title="Documentation" />
    <Container>
      <CatalogFilterLayout>
        <CatalogFilterLayout.Filters>
          <TechDocsPicker />
          <UserListPicker initialFilter="owned" />
          <EntityOwnerPicker />
          <EntityTagPicker />
        </CatalogFilterLayout.Filters>
        <CatalogFilterLayout.Content>
          {/* Columns that can be dragged hide a button inside a button. */}
          <EntityListDocsTable options={{ draggable: false }} />
        </CatalogFilterLayout.Content>
      </CatalogFilterLayout>
    </Container>
  </EntityListProvider>
);
