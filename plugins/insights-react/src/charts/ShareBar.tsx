import { Link } from '@backstage/ui';
import { Tone } from './tones';
import charts from './charts.module.css';
import styles from './ShareBar.module.css';

/** A part of the whole. */
export type Share = {
  id: string;
  label: string;
  value: number;
  tone: Tone;
  /** Where those are listed. */
  href?: string;
};

/** Props of {@link ShareBar}. */
export type ShareBarProps = {
  /** What is shared out, for screen readers. */
  title: string;
  shares: readonly Share[];
  /** Without the list of parts, for a row of a table: the title says them. */
  compact?: boolean;
};

/** What a whole is made of. Parts of nothing are left out. */
export const ShareBar = ({ title, shares, compact }: ShareBarProps) => {
  const some = shares.filter(({ value }) => value > 0);
  const words = some.map(({ label, value }) => `${label} ${value}`).join(', ');
  return (
    <figure className={charts.chart}>
      <div
        role="img"
        aria-label={`${title}: ${words || 'none'}`}
        className={`${styles.bar} ${compact ? styles.small : ''}`}
      >
        {some.map(({ id, value, tone }) => (
          <span key={id} className={charts[tone]} style={{ flexGrow: value }} />
        ))}
        {some.length === 0 && (
          <span className={charts.neutral} style={{ flexGrow: 1 }} />
        )}
      </div>
      {!compact && (
        <ul className={charts.legend}>
          {some.map(({ id, label, value, tone, href }) => (
            <li key={id}>
              <span className={`${charts.swatch} ${charts[tone]}`} />
              {href ? <Link href={href}>{label}</Link> : label} <b>{value}</b>
            </li>
          ))}
        </ul>
      )}
    </figure>
  );
};
