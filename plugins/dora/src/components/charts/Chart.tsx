import { PointerEvent, ReactNode, useId, useState } from 'react';
import { Link } from '@backstage/ui';
import styles from './charts.module.css';

/** What is told apart: by its look, and by its name. */
export interface ChartSeries {
  id: string;
  label: string;
  look: 'solid' | 'striped' | 'dotted';
}

/** One place on the axis; no value where there is no data. */
export interface ChartPoint {
  id: string;
  /** `2–8 Nov 2026`. */
  label: string;
  /** For the ends of the axis. */
  mark: string;
  values: Readonly<Record<string, number | undefined>>;
  /** Leads to the events behind it. */
  href?: string;
}

export interface ChartProps {
  /** What is drawn, for screen readers. */
  title: string;
  series: readonly ChartSeries[];
  points: readonly ChartPoint[];
  /** Highest value of the axis, which begins at 0. */
  top: number;
  /** In full, as in "3.2 days". */
  format: (value: number) => string;
  /** For the axis; as `format` if left out. */
  formatTick?: (value: number) => string;
  /** What a point is: "Week of". */
  pointHeading: string;
  /**
   * Which point is read out while none is under the pointer.
   * @defaultValue the last
   */
  start?: number;
}

const NO_DATA = 'No data';

const words = (props: ChartProps, point: ChartPoint) =>
  props.series.map(({ id, label }) => {
    const value = point.values[id];
    return {
      id,
      label,
      value: value === undefined ? NO_DATA : props.format(value),
    };
  });

const Numbers = (props: ChartProps) => (
  <details className={styles.numbers}>
    <summary>Numbers</summary>
    <div
      className={styles.scroll}
      role="region"
      aria-label={`${props.title}, numbers`}
      // What scrolls has to be reached by keyboard.
      // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
    >
      <table>
        <thead>
          <tr>
            <th scope="col">{props.pointHeading}</th>
            {props.series.map(({ id, label }) => (
              <th key={id} scope="col">
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {[...props.points].reverse().map(point => (
            <tr key={point.id}>
              <th scope="row">
                {point.href ? (
                  <Link href={point.href} variant="body-small">
                    {point.label}
                  </Link>
                ) : (
                  point.label
                )}
              </th>
              {words(props, point).map(({ id, value }) => (
                <td key={id}>{value}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  </details>
);

/**
 * Around a plot: axis, legend by look and name, what is under the pointer, and the
 * numbers as a table. The plot itself gets the place under the pointer.
 */
export const Chart = (
  props: ChartProps & {
    legend: (look: ChartSeries['look']) => ReactNode;
    children: (at: number | undefined) => ReactNode;
  },
) => {
  const { title, series, points, top, format, legend, children } = props;
  const { formatTick = format, start = points.length - 1 } = props;
  const readoutId = useId();
  const [at, setAt] = useState<number>();
  const shown = points[at ?? start];
  const follow = (event: PointerEvent<HTMLDivElement>) => {
    const { left, width } = event.currentTarget.getBoundingClientRect();
    if (width === 0) return;
    const place = Math.floor(((event.clientX - left) / width) * points.length);
    setAt(Math.min(points.length - 1, Math.max(0, place)));
  };
  if (!shown) return null;

  return (
    <figure className={styles.chart}>
      <p className={styles.readout} id={readoutId}>
        {shown.label}:{' '}
        {words(props, shown).map(({ id, label, value }, index) => (
          <span key={id}>
            {index > 0 && ', '}
            {series.length > 1 && `${label} `}
            <b>{value}</b>
          </span>
        ))}
      </p>
      <div
        className={styles.plot}
        onPointerMove={follow}
        onPointerDown={follow}
        onPointerLeave={() => setAt(undefined)}
      >
        {[0, 0.5, 1].map(share => (
          <span
            key={share}
            className={styles.tick}
            style={{ bottom: `${100 * share}%` }}
            aria-hidden
          >
            {formatTick(share * top)}
          </span>
        ))}
        <div
          role="img"
          aria-label={`${title}, ${points[0].label} to ${
            points[points.length - 1].label
          }`}
          aria-describedby={readoutId}
          className={styles.drawing}
        >
          {children(at)}
        </div>
      </div>
      <div className={styles.ends} aria-hidden>
        <span>{points[0].mark}</span>
        {points.length > 1 && <span>{points[points.length - 1].mark}</span>}
      </div>
      {series.length > 1 && (
        <ul className={styles.legend}>
          {series.map(({ id, label, look }) => (
            <li key={id}>
              {legend(look)}
              {label}
            </li>
          ))}
        </ul>
      )}
      <Numbers {...props} />
    </figure>
  );
};
