import { TableColumn } from '@backstage/core-components';
import {
  CatalogTable,
  CatalogTableColumnsFunc,
  CatalogTableRow,
} from '@backstage/plugin-catalog';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import styles from './catalog.module.css';

const { columns: stock, defaultColumnsFunc } = CatalogTable;
const ONE_LINE = { whiteSpace: 'nowrap' } as const;

/** Name, and under it the description on one line. */
const nameColumn = (): TableColumn<CatalogTableRow> => ({
  ...stock.createNameColumn(),
  width: '100%',
  cellStyle: { maxWidth: 0, minWidth: 190 },
  headerStyle: { minWidth: 190 },
  render: ({ entity }) => (
    <>
      <div className={styles.oneLine}>
        <EntityRefLink entityRef={entity} />
      </div>
      {entity.metadata.description && (
        <div
          className={`${styles.oneLine} ${styles.description}`}
          title={entity.metadata.description}
        >
          {entity.metadata.description}
        </div>
      )}
    </>
  ),
});

const NAME = 'resolved.entityRef';
/** Shown under the name, or too wide to be worth a column. */
const LEFT_OUT = ['entity.metadata.description', 'entity.metadata.tags'];

/** The stock columns of each kind, none of which breaks a name in two. */
export const wideColumns: CatalogTableColumnsFunc = context =>
  defaultColumnsFunc(context)
    .filter(({ field }) => !LEFT_OUT.includes(String(field)))
    .map(column =>
      column.field === NAME
        ? nameColumn()
        : { ...column, cellStyle: ONE_LINE, headerStyle: ONE_LINE },
    );

/** On a phone: the name, and who owns it. */
export const narrowColumns: CatalogTableColumnsFunc = context =>
  wideColumns(context).filter(
    ({ field, hidden }) =>
      hidden || field === NAME || field === 'resolved.ownedByRelationsTitle',
  );
