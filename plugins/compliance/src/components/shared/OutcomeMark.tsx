import { ReactElement } from 'react';
import {
  RiCheckboxCircleLine,
  RiCloseCircleLine,
  RiIndeterminateCircleLine,
  RiQuestionLine,
  RiTimeLine,
} from '@remixicon/react';
import { Outcome } from '@waymark/backstage-plugin-compliance-common';
import { OUTCOME_TONES, OUTCOME_WORDS } from '../../words';
import styles from './shared.module.css';

const ICONS: Record<Outcome, ReactElement> = {
  pass: <RiCheckboxCircleLine aria-hidden />,
  fail: <RiCloseCircleLine aria-hidden />,
  unknown: <RiQuestionLine aria-hidden />,
  exempt: <RiTimeLine aria-hidden />,
  'not-applicable': <RiIndeterminateCircleLine aria-hidden />,
};

/** What a rule says, as a sign and a word. */
export const OutcomeMark = ({ outcome }: { outcome: Outcome }) => (
  <span className={`${styles.mark} ${styles[OUTCOME_TONES[outcome]]}`}>
    {ICONS[outcome]}
    {OUTCOME_WORDS[outcome]}
  </span>
);
