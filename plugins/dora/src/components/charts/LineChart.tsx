import { Chart, ChartPoint, ChartProps } from './Chart';
import styles from './charts.module.css';

/** Unbroken runs of points that have a value: a gap is no line. */
function runsOf(points: readonly ChartPoint[], id: string, top: number) {
  const runs: string[][] = [[]];
  points.forEach(({ values }, index) => {
    const value = values[id];
    if (value === undefined) {
      runs.push([]);
      return;
    }
    const x = (100 * (index + 0.5)) / points.length;
    const y = 100 - (100 * value) / top;
    runs[runs.length - 1].push(`${x.toFixed(3)},${y.toFixed(3)}`);
  });
  return runs.filter(run => run.length > 0);
}

/** Lines over time, told apart by dashes and name as well as by colour. */
export const LineChart = (props: ChartProps) => {
  const { series, points, top } = props;
  return (
    <Chart
      {...props}
      legend={look => (
        <svg className={styles.legendLine} viewBox="0 0 24 10" aria-hidden>
          <line
            className={`${styles.line} ${styles[`${look}Line`]}`}
            x1="0"
            x2="24"
            y1="5"
            y2="5"
          />
        </svg>
      )}
    >
      {at => (
        <>
          <svg viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden>
            {series.flatMap(({ id, look }) =>
              runsOf(points, id, top).map(run => (
                <polyline
                  key={`${id} ${run[0]}`}
                  className={`${styles.line} ${styles[`${look}Line`]} ${
                    run.length === 1 ? styles.lone : ''
                  }`}
                  // A line of no length, for it to be drawn at all.
                  points={[...run, run[run.length - 1]].join(' ')}
                />
              )),
            )}
          </svg>
          {at !== undefined && (
            <span
              className={styles.cursor}
              style={{ left: `${(100 * (at + 0.5)) / points.length}%` }}
            />
          )}
        </>
      )}
    </Chart>
  );
};
