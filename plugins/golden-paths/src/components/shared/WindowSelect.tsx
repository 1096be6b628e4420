import { ReactNode } from 'react';
import { OptionSelect } from '@waymark/backstage-plugin-insights-react';
import { WindowQuery } from '../../api/GoldenPathsApi';
import styles from './shared.module.css';

const DAYS = ['30', '90', '365'];
const USUAL = '90';

/** The last so many days, today included, in the reader's own days. */
export function windowOf(days: string | undefined): WindowQuery {
  const known = days && DAYS.includes(days) ? days : USUAL;
  const { timeZone } = new Intl.DateTimeFormat().resolvedOptions();
  const to = new Date();
  to.setHours(24, 0, 0, 0);
  const from = new Date(to);
  from.setDate(from.getDate() - Number(known));
  return { from: from.toISOString(), to: to.toISOString(), timeZone };
}

/** Chooses how far back is looked. */
export const WindowSelect = (props: {
  days: string | undefined;
  onDays: (days: string | undefined) => void;
  /** Stands beside it. */
  action?: ReactNode;
}) => (
  <div className={styles.filters} role="search" aria-label="Golden paths">
    <OptionSelect
      label="Period"
      options={DAYS.map(value => ({ value, label: `Last ${value} days` }))}
      value={props.days && DAYS.includes(props.days) ? props.days : USUAL}
      onChange={days => props.onDays(days === USUAL ? undefined : days)}
    />
    {props.action && <div>{props.action}</div>}
  </div>
);
