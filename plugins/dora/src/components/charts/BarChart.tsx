import { Chart, ChartProps } from './Chart';
import styles from './charts.module.css';

const percent = (share: number) => `${(100 * share).toFixed(2)}%`;

/** Bars of stacked parts, told apart by pattern and name as well as by colour. */
export const BarChart = (props: ChartProps) => {
  const { series, points, top } = props;
  return (
    <Chart
      {...props}
      legend={look => <span className={`${styles.swatch} ${styles[look]}`} />}
    >
      {at => (
        <div className={styles.bars}>
          {points.map(({ id, values }, index) => (
            <div
              key={id}
              className={`${styles.band} ${index === at ? styles.at : ''}`}
            >
              {series.map(one => {
                const value = values[one.id] ?? 0;
                return value > 0 ? (
                  <span
                    key={one.id}
                    className={`${styles.part} ${styles[one.look]}`}
                    style={{ height: percent(value / top) }}
                  />
                ) : null;
              })}
            </div>
          ))}
        </div>
      )}
    </Chart>
  );
};
