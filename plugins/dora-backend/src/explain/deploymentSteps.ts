import {
  Deployment,
  ExplainedStep,
  RolloutRow,
} from '@waymark/backstage-plugin-dora-common';
import { fitting } from '../facts/fold/order';
import type { Course, Decided } from './explain';
import { counted, hoursWords, ruleWords, short } from './words';

/** Why a deployment counts, or does not. */
export function deploymentSteps(fact: Deployment, decided: Decided): Course {
  const { inForce, rows, options } = decided;
  const { environment } = fact;
  const rule = ruleWords(inForce, 'production');
  if (!fact.production) {
    const text = `${environment} is not production, because ${rule}`;
    return { outcome: 'not-counted', steps: [{ passed: false, text }] };
  }
  const pattern = fitting(inForce.rules.production, environment);
  const steps: ExplainedStep[] = [
    {
      passed: true,
      text: `${environment} is production: it fits ${pattern}, and ${rule}`,
    },
  ];
  const stop = (outcome: Course['outcome'], text: string): Course => ({
    outcome,
    steps: [...steps, { passed: false, text }],
  });
  if (!fact.result) {
    return stop('waiting', 'It still runs: it counts when it is over');
  }
  if (fact.result === 'cancelled') {
    return stop('not-counted', 'It was cancelled: it brought nothing there');
  }
  const row = rows.rollouts.find(({ deploymentIds }) =>
    deploymentIds.includes(fact.id),
  );
  if (!row) {
    return stop(
      'not-counted',
      `It says that it finished at ${fact.finishedAt}, in the future or before Git was made: its clock is wrong`,
    );
  }
  const others = row.deploymentIds.length - 1;
  if (others > 0) {
    steps.push({
      passed: true,
      text: `Counted once with ${counted(
        others,
        'other deployment',
      )} of the same commit, which began within ${hoursWords(
        options.rolloutHours,
      )} of the first (dora.rolloutWindow)`,
    });
  }
  steps.push(
    row.reached
      ? { passed: true, text: 'It succeeded: counts for deployment frequency' }
      : {
          passed: false,
          text: 'It failed everywhere: does not count for deployment frequency',
        },
    leadTimeStep(row, fact, decided),
    failureStep(row, fact, decided),
    reworkStep(row, fact),
  );
  return { outcome: 'counted', steps };
}

function leadTimeStep(
  { deploymentIds }: RolloutRow,
  { id, sha, kind, result, finishedAt }: Deployment,
  { facts }: Decided,
): ExplainedStep {
  const broughtBy = (ids: readonly string[]) =>
    facts.changes.filter(one => ids.includes(one.deploymentId ?? '')).length;
  const n = broughtBy([id]);
  if (n > 0) {
    const text = `${counted(
      n,
      'change',
    )} reached production with it first: see each for its lead time`;
    return { passed: true, text };
  }
  const elsewhere = broughtBy(deploymentIds);
  if (elsewhere > 0) {
    const text = `${counted(
      elsewhere,
      'change',
    )} reached production with it at another place first: see there`;
    return { passed: true, text };
  }
  const none = (why: string) => ({
    passed: false,
    text: `${why}: no change counts with it for lead time`,
  });
  if (result !== 'success') return none('It did not succeed');
  if (kind === 'rollback') {
    return none('It is a rollback, and brings back what was there before');
  }
  if (sha === undefined) return none('It names no commit');
  const before = facts.deployments.some(
    one =>
      one.production &&
      one.result === 'success' &&
      one.sha === sha &&
      one.finishedAt! < finishedAt!,
  );
  return none(
    before
      ? `Redeploy of ${short(sha)}, which production had before`
      : 'Nothing is known in it that production did not have before',
  );
}

function failureStep(
  { failure }: RolloutRow,
  { id }: Deployment,
  { facts }: Decided,
): ExplainedStep {
  if (!failure) {
    const text = 'Nothing had to be mended: does not count as failed';
    return { passed: true, text };
  }
  const mended = facts.deployments.find(one => one.mendsDeploymentId === id);
  const why = {
    incident: `It caused ${counted(failure.incidentIds.length, 'incident')}`,
    failed: 'It failed',
    mended: `A ${mended?.kind ?? 'rollback or hotfix'} mended it`,
  }[failure.reason];
  const until = failure.recoveredAt
    ? `over at ${new Date(failure.recoveredAt).toISOString()}`
    : 'not over yet';
  const text = `${why}: counts as failed, ${until}`;
  return { passed: false, text };
}

function reworkStep(
  { planned, rework }: RolloutRow,
  { kind }: Deployment,
): ExplainedStep {
  if (planned) return { passed: true, text: 'It was planned: no rework' };
  return rework
    ? { passed: false, text: `A ${kind} because of an incident: rework` }
    : {
        passed: true,
        text: `A ${kind} without an incident that is known: no rework`,
      };
}
