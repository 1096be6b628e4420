import { PointerEvent, useId, useState } from 'react';
import { Text } from '@backstage/ui';
import { Numbers } from './Numbers';
import { dayWords, nearest, placePoints, TrendPoint } from './trend';
import charts from './charts.module.css';
import styles from './TrendLine.module.css';

/** Props of {@link TrendLine}. */
export type TrendLineProps = {
  /** What is drawn, as in "Score of all components". */
  title: string;
  points: readonly TrendPoint[];
  /**
   * Lowest and highest value of the axis.
   * @defaultValue 0 to 100
   */
  domain?: readonly [number, number];
  /**
   * How a value is written.
   * @defaultValue the number
   */
  format?: (value: number) => string;
  /**
   * In pixels.
   * @defaultValue 150
   */
  height?: number;
};

const percent = (share: number) => `${(100 * share).toFixed(2)}%`;

/** How one number went over days; the numbers themselves are one click away. */
export const TrendLine = (props: TrendLineProps) => {
  const { title, domain = [0, 100], format = String, height = 150 } = props;
  const titleId = useId();
  const [at, setAt] = useState<number>();
  const points = placePoints(props.points, domain);
  if (points.length === 0) {
    return <Text color="secondary">Nothing was measured yet.</Text>;
  }
  const first = points[0];
  const last = points[points.length - 1];
  const shown = (at !== undefined && nearest(points, at)) || last;
  const follow = (event: PointerEvent<HTMLDivElement>) => {
    const { left, width } = event.currentTarget.getBoundingClientRect();
    if (width > 0) setAt((event.clientX - left) / width);
  };
  const ticks = [domain[0], (domain[0] + domain[1]) / 2, domain[1]];

  return (
    <figure className={charts.chart}>
      <p className={styles.readout}>
        <b>{format(shown.value)}</b> on{' '}
        <time dateTime={shown.day}>{dayWords(shown.day)}</time>
      </p>
      <div
        className={styles.plot}
        style={{ height }}
        onPointerMove={follow}
        onPointerDown={follow}
        onPointerLeave={() => setAt(undefined)}
      >
        {ticks.map((tick, index) => (
          <span
            key={tick}
            className={styles.tick}
            style={{ bottom: percent(index / 2), transform: 'translateY(50%)' }}
            aria-hidden
          >
            {format(tick)}
          </span>
        ))}
        <svg
          role="img"
          aria-labelledby={titleId}
          viewBox="0 0 100 100"
          preserveAspectRatio="none"
        >
          <title id={titleId}>
            {`${title}: ${format(first.value)} on ${dayWords(
              first.day,
            )}, ${format(last.value)} on ${dayWords(last.day)}`}
          </title>
          {[0, 50, 100].map(y => (
            <line
              key={y}
              className={styles.grid}
              x1="0"
              x2="100"
              y1={y}
              y2={y}
            />
          ))}
          <polyline
            className={styles.line}
            points={points
              .map(({ x, y }) => `${100 * x},${100 - 100 * y}`)
              .join(' ')}
          />
        </svg>
        <span
          className={styles.dot}
          style={{
            left: percent(shown.x),
            bottom: percent(shown.y),
            marginBottom: -5,
          }}
        />
      </div>
      {points.length > 1 && (
        <div className={styles.days} aria-hidden>
          <span>{dayWords(first.day)}</span>
          <span>{dayWords(last.day)}</span>
        </div>
      )}
      <Numbers
        title={title}
        heads={['Day', 'Value']}
        rows={[...points]
          .reverse()
          .map(({ day, value }) => [dayWords(day), format(value)])}
      />
    </figure>
  );
};
