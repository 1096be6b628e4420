import {
  EntityRelationCard,
  entityDataTableColumns,
} from '@backstage/plugin-catalog-react/alpha';

/** Few enough to stand beside the side column without a name cut off. */
const COLUMNS = [
  entityDataTableColumns.createEntityRefColumn({ isRowHeader: true }),
  entityDataTableColumns.createOwnerColumn(),
  entityDataTableColumns.createSpecTypeColumn(),
  entityDataTableColumns.createSpecLifecycleColumn(),
];

/** Lists everything the entity has one relation to. */
export const RelationCard = (props: {
  title: string;
  relationType: string;
  /** Said where there is nothing. */
  none: string;
}) => (
  <EntityRelationCard
    title={props.title}
    relationType={props.relationType}
    columnConfig={COLUMNS}
    emptyState={{ message: props.none }}
  />
);
