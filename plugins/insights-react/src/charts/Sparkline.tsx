import { placePoints, TrendPoint } from './trend';
import styles from './TrendLine.module.css';

/** Props of {@link Sparkline}. */
export type SparklineProps = {
  /** What is drawn, for screen readers. */
  title: string;
  points: readonly TrendPoint[];
  /** @defaultValue 0 to 100 */
  domain?: readonly [number, number];
  /**
   * How a value is said.
   * @defaultValue the number
   */
  format?: (value: number) => string;
};

const WIDTH = 96;
const HEIGHT = 24;
const EDGE = 2;

/** A line as high as a word; nothing where there are not two points. */
export const Sparkline = (props: SparklineProps) => {
  const { title, domain = [0, 100], format = String } = props;
  const points = placePoints(props.points, domain);
  if (points.length < 2) return null;
  const place = ({ x, y }: { x: number; y: number }) =>
    `${EDGE + x * (WIDTH - 2 * EDGE)},${EDGE + (1 - y) * (HEIGHT - 2 * EDGE)}`;
  const words = `${title}: from ${format(points[0].value)} to ${format(
    points[points.length - 1].value,
  )}`;
  return (
    <svg role="img" aria-label={words} width={WIDTH} height={HEIGHT}>
      <polyline className={styles.line} points={points.map(place).join(' ')} />
    </svg>
  );
};
