import {
  EntityKindPicker,
  EntityLifecyclePicker,
  EntityOwnerPicker,
  EntityTagPicker,
  EntityTypePicker,
  UserListPicker,
} from '@backstage/plugin-catalog-react';
import { EntityList } from './EntityList';

/** Every API of the company, with the catalog's columns. */
export const ApisPage = () => (
  <EntityList
    title="APIs"
    pagination={{ mode: 'offset', limit: 20 }}
    filters={
      <>
        <EntityKindPicker initialFilter="api" hidden />
        <EntityTypePicker />
        <UserListPicker initialFilter="all" />
        <EntityOwnerPicker />
        <EntityLifecyclePicker />
        <EntityTagPicker />
      </>
    }
  />
);
