import { dependenciesOf } from '../company';
import { FailureMode, SampleComponent } from '../schema';
import {
  anchor,
  bullets,
  chat,
  dashboard,
  fence,
  has,
  hasPage,
  host,
  markdown,
  Stage,
  steps,
  table,
} from './stage';

/** `docs/runbook.md`: symptom, check and fix for each failure mode. */
export function runbookPage(stage: Stage): string {
  const { component } = stage;
  const modes = modesOf(stage);
  return markdown(
    '# Runbook',
    `Find the symptom, run the checks in order, stop at the first that explains it. Say what you see in [#${
      component.owner
    }](${chat(component)}) before you change anything.`,
    bullets(modes.map(mode => `[${mode.title}](#${anchor(mode.title)})`)),
    ...modes.map(failureMode),
    '## None of these fits',
    noneFits(stage),
  );
}

function modesOf(stage: Stage): FailureMode[] {
  return stage.component.runbook.filter(mode =>
    has(stage, mode.learned ? 'lessons' : 'runbook'),
  );
}

function failureMode(mode: FailureMode): string {
  const alerts = mode.alerts.map(alert => `\`${alert}\``).join(', ');
  return markdown(
    `## ${mode.title}`,
    `**Symptom.** ${mode.symptom}`,
    alerts && `**Alert.** ${alerts}`,
    '**Check**',
    steps(mode.check),
    '**Fix**',
    steps(mode.fix),
  );
}

function noneFits(stage: Stage): string {
  const { company, component } = stage;
  const team = company.organisation.teams[component.owner];
  const upstream = calledComponents(stage).map(
    name => `[${name}](/catalog/default/component/${name})`,
  );
  const items = [
    has(stage, 'deploy') &&
      `Was it just released? Roll back first, look for the cause later: ${rollback(
        component,
      )}.`,
    upstream.length > 0 &&
      `Is something it needs unwell? Look at ${upstream.join(', ')}.`,
    `Still unclear after 15 minutes: escalate to ${
      company.organisation.people[team.escalation]
    } through the [rota](${host(
      'oncall',
      `/rotas/${component.owner}`,
    )}), or [#${component.owner}](${chat(component)}) in working hours.`,
    'Afterwards, add what you found to this page. The next person reads it at night too.',
  ];
  return bullets(items.filter((item): item is string => Boolean(item)));
}

function calledComponents({ company, component }: Stage): string[] {
  return dependenciesOf(company, component)
    .filter(ref => ref.startsWith('component:'))
    .map(ref => ref.slice('component:'.length))
    .filter(name =>
      company.components.some(
        other => other.name === name && other.operations !== undefined,
      ),
    );
}

function rollback(component: SampleComponent): string {
  return `\`argocd app history ${component.name}\`, then \`argocd app rollback ${component.name} <id>\``;
}

/** `docs/on-call.md`: who is woken by what, and how to start. */
export function onCallPage(stage: Stage): string {
  const { component } = stage;
  return markdown(
    '# On-call',
    table(['When', 'Whom'], contacts(stage)),
    has(stage, 'alerts') && '## What wakes you',
    has(stage, 'alerts') && alertTable(stage),
    component.operations && '## The first five minutes',
    component.operations && firstMinutes(stage),
    '## Know before you act',
    component.onCall,
    '## Dashboards and logs',
    bullets(dashboards(component)),
  );
}

function contacts({ company, component }: Stage): string[][] {
  const { people, teams, departments } = company.organisation;
  const team = teams[component.owner];
  const department = departments[team.department];
  const rows = [
    [
      'On call now',
      `[${team.title} rota](${host('oncall', `/rotas/${component.owner}`)})`,
    ],
    ['Talk', `[#${component.owner}](${chat(component)})`],
    ['Escalate after 15 minutes', people[team.escalation]],
    [
      'Escalate after 45 minutes, or if money or personal data is at risk',
      `${people[department.lead]} (${department.title})`,
    ],
  ];
  const service = component.operations?.pagerduty;
  if (service) {
    rows.splice(1, 0, ['PagerDuty service', `\`${service}\``]);
  }
  return rows;
}

function alertTable(stage: Stage): string {
  const modes = hasPage(stage, 'runbook') ? modesOf(stage) : [];
  const rows = stage.component.alerts.map(alert => {
    const mode = modes.find(({ alerts }) => alerts.includes(alert.name));
    return [
      `\`${alert.name}\``,
      alert.severity === 'page' ? '**wakes you**' : 'ticket',
      alert.means,
      mode ? `[${mode.title}](runbook.md#${anchor(mode.title)})` : '',
    ];
  });
  return table(['Alert', 'Severity', 'Means', 'Do'], rows);
}

function firstMinutes({ component }: Stage): string {
  const { name, system, operations } = component;
  const kubectl = `kubectl --context production -n ${system}`;
  const commands =
    operations?.serves === 'job'
      ? [
          '# Did it run, and how did it end?',
          `${kubectl} get jobs -l app.kubernetes.io/name=${name} --sort-by=.status.startTime`,
          `${kubectl} logs -l app.kubernetes.io/name=${name} --tail=200`,
          '',
          '# Run it once more by hand; it takes the same lock as the schedule.',
          `${kubectl} create job --from=cronjob/${name} ${name}-manual`,
        ]
      : [
          '# Are the pods up, and what do they say?',
          `${kubectl} get pods -l app.kubernetes.io/name=${name}`,
          `${kubectl} logs -l app.kubernetes.io/name=${name} --since=15m --tail=200`,
          '',
          '# What was released last? Roll back if the trouble began with it.',
          `argocd app history ${name}`,
          `argocd app rollback ${name} <id>`,
        ];
  return fence('bash', commands.join('\n'));
}

function dashboards(component: SampleComponent): string[] {
  const { name, operations } = component;
  const more = (operations?.dashboards ?? []).map(
    ({ title, uid }) => `[${title}](${host('grafana', `/d/${uid}`)})`,
  );
  return [
    `[${component.title}](${dashboard(component)})`,
    ...more,
    `[Logs](${host('grafana', `/explore?service=${name}`)})`,
    `[Traces](${host('grafana', `/explore?traces=${name}`)})`,
  ];
}
