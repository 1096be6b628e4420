import { useState } from 'react';
import {
  Cell,
  Column,
  Link,
  Row,
  SortDescriptor,
  TableBody,
  TableHeader,
  TableRoot,
} from '@backstage/ui';
import { HeatMapRow, sortRows } from './heatMapRows';
import { SCORE_STEPS, stepOf } from './tones';
import charts from './charts.module.css';
import styles from './HeatMap.module.css';

/** Props of {@link HeatMap}. */
export type HeatMapProps = {
  /** What is shown, for screen readers. */
  title: string;
  /** What a row is: "Team". */
  rowHeading: string;
  columns: readonly { id: string; label: string }[];
  rows: readonly HeatMapRow[];
  /** Column to sort by at first, lowest value first; none: by name. */
  sortBy?: string;
};

const HEAD = 'label';

const HeatCell = (props: { cell: HeatMapRow['cells'][string] }) => {
  const { value, href } = props.cell ?? {};
  if (value === undefined) {
    return (
      <Cell className={styles.cell}>
        <span className={`${styles.value} ${styles.none}`}>No data</span>
      </Cell>
    );
  }
  return (
    <Cell className={styles.cell}>
      <span className={`${styles.value} ${charts[`step${stepOf(value)}`]}`}>
        {href ? <Link href={href}>{value}</Link> : value}
      </span>
    </Cell>
  );
};

/**
 * Scores from 0 to 100 as a table that is also a picture: every cell has its
 * number. Sorted by its heads, walked through with the arrow keys.
 */
export const HeatMap = (props: HeatMapProps) => {
  const { title, rowHeading, rows } = props;
  const columns = [{ id: HEAD, label: rowHeading }, ...props.columns];
  const [sort, setSort] = useState<SortDescriptor>({
    column: props.sortBy ?? HEAD,
    direction: 'ascending',
  });
  const sorted = sortRows(
    rows,
    sort.column === HEAD ? undefined : String(sort.column),
    sort.direction === 'descending',
  );

  return (
    <figure className={charts.chart}>
      <div className={styles.scroll}>
        <TableRoot
          aria-label={title}
          sortDescriptor={sort}
          onSortChange={setSort}
        >
          <TableHeader columns={columns}>
            {({ id, label }) => (
              <Column
                id={id}
                isRowHeader={id === HEAD}
                allowsSorting
                className={id === HEAD ? styles.head : undefined}
              >
                {label}
              </Column>
            )}
          </TableHeader>
          <TableBody items={sorted} dependencies={[columns, sort]}>
            {row => (
              <Row id={row.id} columns={columns}>
                {({ id }) =>
                  id === HEAD ? (
                    <Cell className={styles.head}>
                      {row.href ? (
                        <Link href={row.href}>{row.label}</Link>
                      ) : (
                        row.label
                      )}
                      {row.note && (
                        <span className={styles.note}>{row.note}</span>
                      )}
                    </Cell>
                  ) : (
                    <HeatCell cell={row.cells[id]} />
                  )
                }
              </Row>
            )}
          </TableBody>
        </TableRoot>
      </div>
      <ul className={charts.legend} aria-label="Colours">
        {SCORE_STEPS.map(({ from, to }, step) => (
          <li key={from}>
            <span className={`${charts.swatch} ${charts[`step${step}`]}`} />
            {from === to ? from : `${from} to ${to}`}
          </li>
        ))}
      </ul>
    </figure>
  );
};
