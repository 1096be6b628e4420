import { ExplainedStep, Incident } from '@waymark/backstage-plugin-dora-common';
import type { Course, Decided } from './explain';
import { hoursWords, ruleWords, short } from './words';

/** Why an incident counts against a deployment, or does not. */
export function incidentSteps(fact: Incident, decided: Decided): Course {
  const { facts, inForce, rows, settings, unlinked } = decided;
  const hours = hoursWords(settings.incidentHours);
  const steps: ExplainedStep[] = [
    {
      passed: true,
      text: `${
        fact.severity
          ? `Its severity is ${fact.severity}`
          : 'It has no severity'
      }: an incident, because ${ruleWords(inForce, 'severities')}`,
    },
  ];
  const end = (outcome: Course['outcome'], text: string): Course => ({
    outcome,
    steps: [...steps, { passed: outcome === 'counted', text }],
  });
  switch (unlinked.get(fact.id)) {
    case 'stated-unknown':
      return end(
        'not-counted',
        'Its source names a deployment that is not known: it belongs to none, and no other is blamed',
      );
    case 'before-first':
      return end(
        'not-counted',
        'It began before any deployment to production: it belongs to none',
      );
    case 'too-late':
      return end(
        'not-counted',
        `No deployment to production succeeded in the ${hours} before it began (dora.incidentWindow): it belongs to none`,
      );
    default:
  }
  const caused = facts.deployments.find(({ id }) => id === fact.deploymentId);
  const name = `the deployment${caused?.sha ? ` of ${short(caused.sha)}` : ''}`;
  steps.push({
    passed: true,
    text:
      fact.linkedBy === 'stated'
        ? `Its source says that ${name} caused it`
        : `It belongs to ${name}, the last that succeeded in the ${hours} before it began (dora.incidentWindow)`,
  });
  const failure = rows.rollouts.find(one =>
    one.failure?.incidentIds.includes(fact.id),
  )?.failure;
  if (!failure) {
    return end('not-counted', 'That deployment does not count, so neither it');
  }
  steps.push({ passed: true, text: 'Counts for change fail rate' });
  if (failure.clockFault) {
    return end(
      'counted',
      'Its times contradict each other: not used for recovery time',
    );
  }
  return failure.recoveredAt === undefined
    ? end('counted', 'Not over yet: counts for recovery time when it is')
    : end('counted', 'Over: counts for recovery time');
}
