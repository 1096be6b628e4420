import { PointerEvent, useId, useState } from 'react';
import { Text } from '@backstage/ui';
import { BurnUpPoint, neededOn } from './burnUpPace';
import { Numbers } from './Numbers';
import { dayWords, nearest, placePoints } from './trend';
import charts from './charts.module.css';
import styles from './TrendLine.module.css';

/** Props of {@link BurnUp}. */
export type BurnUpProps = {
  /** What is drawn, as in "Checks done". */
  title: string;
  /** By day, the first one first. */
  points: readonly BurnUpPoint[];
  /** The day by which all is to be done. */
  until: string;
  /**
   * In pixels.
   * @defaultValue 180
   */
  height?: number;
};

const LINES = [
  { id: 'done', label: 'Done', className: '' },
  { id: 'all', label: 'All', className: styles.whole },
  { id: 'pace', label: 'Needed to be in time', className: styles.pace },
] as const;

const percent = (share: number) => `${(100 * share).toFixed(2)}%`;

/** What is done of a whole by a last day, and the pace that it takes. */
export const BurnUp = (props: BurnUpProps) => {
  const { title, points, until, height = 180 } = props;
  const titleId = useId();
  const [at, setAt] = useState<number>();
  if (points.length === 0) {
    return <Text color="secondary">Nothing was counted yet.</Text>;
  }
  const first = points[0];
  const last = points[points.length - 1];
  const end = last.day > until ? last.day : until;
  // Even, so that the tick half way up is a whole number.
  const top = 2 * Math.ceil(Math.max(1, ...points.map(one => one.all)) / 2);
  const needed = (day: string) => neededOn(day, points, until);
  const place = (line: readonly { day: string; value: number }[]) =>
    placePoints(line, [0, top], [first.day, end]);
  const done = place(points.map(one => ({ day: one.day, value: one.done })));
  const placed = {
    done,
    all: place(points.map(one => ({ day: one.day, value: one.all }))),
    pace: place([
      { day: first.day, value: first.done },
      { day: until, value: last.all },
    ]),
  };
  const shown =
    (at !== undefined && nearest(done, at)) || done[done.length - 1];
  const point = points.find(({ day }) => day === shown.day)!;
  const follow = (event: PointerEvent<HTMLDivElement>) => {
    const { left, width } = event.currentTarget.getBoundingClientRect();
    if (width > 0) setAt((event.clientX - left) / width);
  };

  return (
    <figure className={charts.chart}>
      <p className={styles.readout}>
        <b>
          {point.done} of {point.all}
        </b>{' '}
        on <time dateTime={point.day}>{dayWords(point.day)}</time>,{' '}
        {needed(point.day)} needed by then
      </p>
      <div
        className={styles.plot}
        style={{ height }}
        onPointerMove={follow}
        onPointerDown={follow}
        onPointerLeave={() => setAt(undefined)}
      >
        {[0, top / 2, top].map((tick, index) => (
          <span
            key={tick}
            className={styles.tick}
            style={{ bottom: percent(index / 2), transform: 'translateY(50%)' }}
            aria-hidden
          >
            {tick}
          </span>
        ))}
        <svg
          role="img"
          aria-labelledby={titleId}
          viewBox="0 0 100 100"
          preserveAspectRatio="none"
        >
          <title id={titleId}>
            {`${title}: ${first.done} of ${first.all} on ${dayWords(
              first.day,
            )}, ${last.done} of ${last.all} on ${dayWords(
              last.day,
            )}, when ${needed(last.day)} were needed; all by ${dayWords(
              until,
            )}`}
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
          {[...LINES].reverse().map(({ id, className }) => (
            <polyline
              key={id}
              className={`${styles.line} ${className}`}
              points={placed[id]
                .map(({ x, y }) => `${100 * x},${100 - 100 * y}`)
                .join(' ')}
            />
          ))}
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
      <div className={styles.days} aria-hidden>
        <span>{dayWords(first.day)}</span>
        {end !== first.day && <span>{dayWords(end)}</span>}
      </div>
      <ul className={charts.legend}>
        {LINES.map(({ id, label, className }) => (
          <li key={id}>
            <svg className={styles.legendLine} viewBox="0 0 24 10" aria-hidden>
              <line
                className={`${styles.line} ${className}`}
                x1="0"
                x2="24"
                y1="5"
                y2="5"
              />
            </svg>
            {label}
          </li>
        ))}
      </ul>
      <Numbers
        title={title}
        heads={['Day', 'Done', 'All', 'Needed']}
        rows={[...points]
          .reverse()
          .map(one => [
            dayWords(one.day),
            String(one.done),
            String(one.all),
            String(needed(one.day)),
          ])}
      />
    </figure>
  );
};
