import { Text } from '@backstage/ui';
import {
  RiCheckLine,
  RiCloseLine,
  RiInformationLine,
  RiTimeLine,
} from '@remixicon/react';
import { Explained, Outcome } from '@waymark/backstage-plugin-dora-common';
import { ownTimeZone, when } from '../../time';
import { OutLink } from '../shared/OutLink';
import { OUTCOME_WORDS } from './words';
import styles from './why.module.css';

const ICONS: Record<Outcome, typeof RiCheckLine> = {
  counted: RiCheckLine,
  apart: RiInformationLine,
  waiting: RiTimeLine,
  'not-counted': RiCloseLine,
};

const Event = ({ event }: { event: Explained }) => {
  const { at, title, url, outcome, steps } = event;
  const Icon = ICONS[outcome];
  return (
    <li>
      <div className={styles.outcome} data-outcome={outcome}>
        <Icon size={18} aria-hidden />
        {OUTCOME_WORDS[outcome]}
      </div>
      <div className={styles.event}>
        <Text as="p">
          <OutLink href={url}>{title}</OutLink>{' '}
          <Text color="secondary" variant="body-small">
            <time dateTime={at}>{when(at, ownTimeZone())}</time>
          </Text>
        </Text>
        <ol className={styles.steps}>
          {steps.map(({ passed, text }) => (
            <li key={text} data-passed={passed}>
              {text}.
            </li>
          ))}
        </ol>
      </div>
    </li>
  );
};

/** Events with what each comes to, step by step. */
export const EventList = ({ events }: { events: readonly Explained[] }) => (
  <ul className={styles.events} aria-label="Events">
    {events.map(event => (
      <Event key={event.id} event={event} />
    ))}
  </ul>
);
