import { Change, ExplainedStep } from '@waymark/backstage-plugin-dora-common';
import type { Course, Decided } from './explain';
import { counted, hoursWords } from './words';

/** Why a change counts for the lead time, or does not. */
export function changeSteps(fact: Change, decided: Decided): Course {
  const { rows, settings, unclaimed } = decided;
  const steps = [mergeStep(fact), pathStep(fact, decided)];
  const end = (outcome: Course['outcome'], text: string): Course => ({
    outcome,
    steps: [...steps, { passed: outcome === 'counted', text }],
  });
  switch (unclaimed.get(fact.id)) {
    case 'no-deployment':
      return end(
        'waiting',
        'No production deployment of the component succeeded so far',
      );
    case 'before-first':
      return end(
        'not-counted',
        `Merged more than ${counted(
          settings.firstDeploymentDays,
          'day',
        )} before the first deployment (dora.firstDeploymentWindow): when it got there is not known`,
      );
    case 'not-contained':
      return end(
        'waiting',
        'No successful production deployment since is known to contain it',
      );
    default:
  }
  const row = rows.changes.find(({ id }) => id === fact.id);
  if (!row) return end('waiting', 'Its deployment lies in the future');
  if (row.clockFault) {
    return end(
      'not-counted',
      'Its times contradict each other: a clock was wrong, and no lead time is made of it',
    );
  }
  if (!row.lead) {
    return end(
      'not-counted',
      'Its first commit is not known, so neither is its lead time',
    );
  }
  const words = `${hoursWords(
    row.lead.total / 3600,
  )} from its first commit until it was in production`;
  if (fact.bot) {
    return end('apart', `${words}; a program wrote it: shown apart`);
  }
  return end('counted', `Counts for lead time: ${words}`);
}

function mergeStep({ number }: Change): ExplainedStep {
  const text =
    number === undefined
      ? 'A commit of the default branch that belongs to no pull request'
      : 'A pull request that was merged to where changes count';
  return { passed: true, text };
}

function pathStep(
  { pathsKnown }: Change,
  { component: { path } }: Decided,
): ExplainedStep {
  if (path === '') {
    return { passed: true, text: 'The component is the whole repository' };
  }
  const text = pathsKnown
    ? `It touches files below ${path}/, where the component is`
    : 'Which files it touches is not known: every component of the repository has it';
  return { passed: true, text };
}
