import {
  ROLLED_STATES,
  RolledState,
  Rollout,
  RolloutPage,
  WaitsFor,
} from '@waymark/backstage-plugin-golden-paths-common';
import { Share, toCsv } from '@waymark/backstage-plugin-insights-react';

export const STATE_WORDS: Record<Rollout['state'], string> = {
  running: 'Running',
  waiting: 'Waiting',
  paused: 'Paused',
  stopped: 'Stopped',
  done: 'All made',
};

export const WAITS_WORDS: Record<WaitsFor, string> = {
  canary:
    'The first pull request is made. Look at it; then go on with the others.',
  merge: 'It goes on by itself once the first pull request is merged.',
  batch: 'The batch is made. Look at it; then go on with the next one.',
  failures:
    'More of the batch failed than it may. Look why; then retry, go on or stop.',
};

export const ROLLED_WORDS: Record<RolledState, string> = {
  waiting: 'Waiting',
  making: 'Being made',
  open: 'Open',
  conflict: 'Open, with conflicts',
  merged: 'Merged',
  closed: 'Closed',
  failed: 'Failed',
  'needs-answers': 'Needs answers',
  snoozed: 'Snoozed',
  'up-to-date': 'Up to date',
  'left-out': 'Left out',
};

const TONES: Record<RolledState, Share['tone']> = {
  merged: 'positive',
  'up-to-date': 'positive',
  open: 'info',
  conflict: 'warning',
  making: 'info',
  'needs-answers': 'warning',
  failed: 'negative',
  closed: 'negative',
  snoozed: 'neutral',
  'left-out': 'neutral',
  waiting: 'neutral',
};

/** What has ended well first, what has not begun last. */
const ORDER = Object.keys(TONES) as RolledState[];

/** How many services are in each state, as parts of a bar. */
export const sharesOf = (counts: Rollout['counts']): Share[] =>
  ORDER.map(state => ({
    id: state,
    label: ROLLED_WORDS[state],
    value: counts[state],
    tone: TONES[state],
  }));

/** All services of it that the reader may see. */
export const totalOf = (counts: Rollout['counts']) =>
  ROLLED_STATES.reduce((sum, state) => sum + counts[state], 0);

/** `Node.js API 1.4.0`. */
export const nameOf = ({ title, version }: Rollout) => `${title} ${version}`;

/** The table as a file, a line for each service. */
export const rolloutCsv = ({ rollout, services }: RolloutPage) =>
  toCsv([
    [
      'Service',
      'Owner',
      'From',
      'To',
      'Batch',
      'State',
      'Why',
      'Files to decide on',
      'Pull request',
    ],
    ...services.map(one => [
      one.entityRef,
      one.owner ?? '',
      one.from,
      rollout.version,
      one.batch ?? '',
      ROLLED_WORDS[one.state],
      one.reason ?? '',
      one.conflicts,
      one.pullRequestUrl ?? '',
    ]),
  ]);
