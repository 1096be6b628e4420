import {
  ExplainAnswer,
  MetricOptions,
} from '@waymark/backstage-plugin-dora-common';
import { FactSettings } from '../config';
import { DeploymentRule } from '../rules/rules';
import { RulesInForce, RuleSource, WindowName } from '../rules/rulesOf';
import { counted, hoursWords } from './words';

type Answers = ExplainAnswer['rules'];

/** What is asked of each event, what is answered, and who answers. */
export function ruleAnswers(
  { rules, from }: RulesInForce,
  settings: FactSettings,
  options: MetricOptions,
): Answers {
  const company = (name: WindowName): RuleSource =>
    settings.stated.includes(name)
      ? { level: 'company', by: 'config', name: `dora.${name}` }
      : { level: 'default', by: 'default', name: `dora.${name}` };
  const { production, deployments, severities, branches, exceptLabels } = rules;
  return [
    {
      question: 'What is a deployment?',
      answer: [
        'What its source calls one',
        ...deployments.map(deploymentWords),
      ].join('; '),
      from: from.deployments,
    },
    {
      question: 'Which environment is production?',
      answer: production.join(', '),
      from: from.production,
    },
    {
      question: 'What is an incident?',
      answer: severities.includes('*')
        ? 'What its source calls one, of any severity'
        : `What its source calls one, of severity ${severities.join(', ')}`,
      from: from.severities,
    },
    {
      question: 'Merged into which branches is a pull request a change?',
      answer: ['the default branch', ...branches].join(', '),
      from: from.branches,
    },
    {
      question: 'Which pull requests are no changes?',
      answer:
        exceptLabels.length === 0
          ? 'None; those of programs are shown apart'
          : `Those with the label ${exceptLabels.join(
              ', ',
            )}; those of programs are shown apart`,
      from: from.exceptLabels,
    },
    {
      question: 'How long after a deployment can it have caused an incident?',
      answer: hoursWords(settings.incidentHours),
      from: company('incidentWindow'),
    },
    {
      question: 'How far back does the first deployment claim changes?',
      answer: counted(settings.firstDeploymentDays, 'day'),
      from: company('firstDeploymentWindow'),
    },
    {
      question: 'Within what time are several places one deployment?',
      answer: hoursWords(options.rolloutHours),
      from: company('rolloutWindow'),
    },
  ];
}

function deploymentWords(rule: DeploymentRule): string {
  const where = rule.repository === '*' ? '' : ` of ${rule.repository}`;
  if (rule.from === 'release') {
    return `a release${where}, to ${rule.environment}`;
  }
  const branch = rule.branch === '*' ? '' : ` on ${rule.branch}`;
  return `a run of ${rule.workflow}${branch}${where}, to ${rule.environment}`;
}
