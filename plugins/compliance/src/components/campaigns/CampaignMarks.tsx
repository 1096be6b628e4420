import { Badge, Flex } from '@backstage/ui';
import {
  RiAlarmWarningLine,
  RiCalendarLine,
  RiCheckLine,
  RiCloseLine,
  RiDraftLine,
  RiFlagLine,
} from '@remixicon/react';
import {
  Campaign,
  CampaignProgress,
} from '@waymark/backstage-plugin-compliance-common';
import { dayWords, ShareBar } from '@waymark/backstage-plugin-insights-react';
import { dayOf, daysUntil, inDays } from '../../time';
import { CAMPAIGN_WORDS, count } from '../../words';
import shared from '../shared/shared.module.css';
import styles from './campaigns.module.css';

const ICONS = {
  draft: <RiDraftLine aria-hidden />,
  running: <RiFlagLine aria-hidden />,
  done: <RiCheckLine aria-hidden />,
  cancelled: <RiCloseLine aria-hidden />,
};

/** Whether it is a draft, runs or has ended. */
export const StateBadge = ({ state }: { state: Campaign['state'] }) => (
  <Badge icon={ICONS[state]}>{CAMPAIGN_WORDS[state]}</Badge>
);

function deadlineWords(deadline: string): string {
  const days = daysUntil(deadline);
  if (days === 0) return 'today is the last day';
  return days < 0 ? `overdue by ${count(-days, 'day')}` : inDays(days);
}

/** The last day, and how far it is; when it ended where it has. */
export const Deadline = ({ campaign }: { campaign: Campaign }) => {
  const { deadline, endedAt, state } = campaign;
  if (endedAt) {
    const day = dayOf(new Date(endedAt));
    return (
      <span>
        Ended on <time dateTime={day}>{dayWords(day)}</time>
      </span>
    );
  }
  const isOverdue = state === 'running' && daysUntil(deadline) < 0;
  return (
    <span
      className={`${shared.mark} ${styles.deadline} ${
        isOverdue ? shared.negative : shared.neutral
      }`}
    >
      {isOverdue ? (
        <RiAlarmWarningLine aria-hidden />
      ) : (
        <RiCalendarLine aria-hidden />
      )}
      <span>
        <time dateTime={deadline}>{dayWords(deadline)}</time>
        {', '}
        {isOverdue ? <b>{deadlineWords(deadline)}</b> : deadlineWords(deadline)}
      </span>
    </span>
  );
};

type Counted = Pick<CampaignProgress, 'pairs' | 'pairsDone'> &
  Partial<Pick<CampaignProgress, 'unknown'>>;

/** `12 of 30`, rounded down: 100 % means that nothing is left. */
export const progressWords = ({ pairs, pairsDone }: Counted) =>
  pairs === 0
    ? 'Nothing to do'
    : `${pairsDone.toLocaleString()} of ${pairs.toLocaleString()} (${Math.floor(
        (100 * pairsDone) / pairs,
      )} %)`;

/** How far it is, as a bar and in numbers. */
export const Progress = (props: { of: string; progress: Counted }) => {
  const { pairs, pairsDone, unknown = 0 } = props.progress;
  return (
    <Flex direction="column" gap="1">
      <span className={styles.numbers}>{progressWords(props.progress)}</span>
      <ShareBar
        compact
        title={`Checks done of ${props.of}`}
        shares={[
          { id: 'done', label: 'Done', value: pairsDone, tone: 'positive' },
          { id: 'unknown', label: 'Unknown', value: unknown, tone: 'warning' },
          {
            id: 'open',
            label: 'Open',
            value: pairs - pairsDone - unknown,
            tone: 'neutral',
          },
        ]}
      />
    </Flex>
  );
};
