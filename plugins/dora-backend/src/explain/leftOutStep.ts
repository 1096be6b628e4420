import { ExplainedStep } from '@waymark/backstage-plugin-dora-common';
import { LeftOutReason } from '../facts/fold/Listener';
import type { Decided } from './explain';
import { ruleWords, sourceWords } from './words';

/** Why something is no deployment, change or incident of the component. */
export function leftOutStep(
  why: LeftOutReason,
  { inForce }: Decided,
): ExplainedStep {
  return { passed: false, text: wordsOf(why, inForce) };
}

function wordsOf(why: LeftOutReason, inForce: Decided['inForce']): string {
  switch (why.code) {
    case 'names-others':
      return 'It names other components of the repository, and not this one';
    case 'other-repository':
      return 'It is of another repository than the component';
    case 'prerelease':
      return 'It is a prerelease: no deployment';
    case 'no-rule': {
      const from = sourceWords(inForce.from.deployments);
      return `Nothing in ${from} takes it for a deployment`;
    }
    case 'open':
      return 'The pull request is not merged yet';
    case 'closed':
      return 'The pull request was closed without being merged';
    case 'withdrawn':
      return 'Its source took it back: it is no incident any more';
    case 'other-branch':
      return `Merged into ${why.branch}, which is not the default branch${
        why.defaultBranch ? ` ${why.defaultBranch}` : ''
      }, and ${ruleWords(inForce, 'branches')}`;
    case 'label':
      return `It has the label ${why.label}, and ${ruleWords(
        inForce,
        'exceptLabels',
      )}`;
    case 'other-paths':
      return `Its files are all outside of ${why.path}/, the component's folder`;
    case 'environment':
      return `It is in ${why.environment}, and ${ruleWords(
        inForce,
        'production',
      )}`;
    case 'severity':
      return `${
        why.severity ? `Its severity is ${why.severity}` : 'It has no severity'
      }, and ${ruleWords(inForce, 'severities')}`;
    default:
      return why satisfies never;
  }
}
