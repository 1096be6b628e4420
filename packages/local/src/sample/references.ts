import { partsOf, PARTS, providerOf, SampleCompany } from './company';
import { SampleComponent } from './schema';

/** Every reference that leads nowhere, as `file: key: what is wrong`. */
export function findProblems(company: SampleCompany): string[] {
  return [
    ...organisationProblems(company),
    ...company.components.flatMap(component => [
      ...componentProblems(company, component),
      ...historyProblems(company, component),
    ]),
    ...apiProblems(company),
  ];
}

function organisationProblems({ organisation }: SampleCompany): string[] {
  const { people, departments, teams, manifests } = organisation;
  const problems: string[] = [];
  for (const [name, { lead }] of Object.entries(departments)) {
    if (!people[lead]) {
      problems.push(`departments.${name}.lead: no person "${lead}"`);
    }
  }
  for (const [name, team] of Object.entries(teams)) {
    if (!people[team.escalation]) {
      problems.push(`teams.${name}.escalation: no person "${team.escalation}"`);
    }
    if (!departments[team.department]) {
      problems.push(
        `teams.${name}.department: no department "${team.department}"`,
      );
    }
  }
  for (const name of Object.keys(manifests)) {
    if (!teams[name]) problems.push(`manifests.${name}: no team "${name}"`);
  }
  return problems.map(problem => `company.yaml: ${problem}`);
}

function componentProblems(
  company: SampleCompany,
  component: SampleComponent,
): string[] {
  const problems: string[] = [];
  const exists = (name: string) =>
    company.components.some(other => other.name === name);
  if (!company.organisation.teams[component.owner]) {
    problems.push(`owner: no team "${component.owner}"`);
  }
  if (component.successor && !exists(component.successor)) {
    problems.push(`successor: no component "${component.successor}"`);
  }
  if (component.lifecycle === 'deprecated' && !component.successor) {
    problems.push('successor: a deprecated component must name one');
  }
  component.provides.forEach(({ api }, index) => {
    if (!company.apis.has(api)) {
      problems.push(`provides.${index}.api: no definition apis/${api}.*`);
    } else if (providerOf(company, api) !== component) {
      problems.push(`provides.${index}.api: "${api}" has another provider`);
    }
  });
  component.uses.forEach(({ ref }, index) => {
    const [kind, name] = ref.split(':');
    if (kind === 'api' && !providerOf(company, name)) {
      problems.push(`uses.${index}.ref: nobody provides the API "${name}"`);
    }
    if (kind === 'component' && !exists(name)) {
      problems.push(`uses.${index}.ref: no component "${name}"`);
    }
  });
  problems.push(...manifestProblems(company, component));
  const alerts = new Set(component.alerts.map(alert => alert.name));
  component.runbook.forEach((mode, index) => {
    for (const alert of mode.alerts.filter(name => !alerts.has(name))) {
      problems.push(`runbook.${index}.alerts: no alert "${alert}"`);
    }
  });
  return problems.map(problem => `${fileOf(component)}: ${problem}`);
}

function manifestProblems(
  { organisation }: SampleCompany,
  { owner, operations }: SampleComponent,
): string[] {
  if (!operations || !organisation.teams[owner]) return [];
  const team = organisation.manifests[owner];
  if (!team) return [`operations: company.yaml has no manifests of "${owner}"`];
  const { adds, lacks } = operations.manifests;
  const key = 'operations.manifests';
  return [
    ...adds
      .filter(habit => team.habits.includes(habit))
      .map(habit => `${key}.adds: the team has "${habit}" anyway`),
    ...lacks
      .filter(habit => !team.habits.includes(habit))
      .map(habit => `${key}.lacks: the team does not have "${habit}"`),
  ];
}

function historyProblems(
  { organisation }: SampleCompany,
  component: SampleComponent,
): string[] {
  const problems: string[] = [];
  const brought = new Set<string>();
  const known = new Set<string>([
    ...partsOf(component),
    ...Object.keys(component.source),
  ]);
  component.history.forEach((change, index) => {
    const at = `history.${index}`;
    if (!organisation.people[change.author]) {
      problems.push(`${at}.author: no person "${change.author}"`);
    }
    if (index > 0 && change.daysAgo > component.history[index - 1].daysAgo) {
      problems.push(`${at}.daysAgo: must not be before the commit above it`);
    }
    if (index > 0 && change.brings.length === 0) {
      problems.push(`${at}.brings: a commit must bring something`);
    }
    for (const item of change.brings) {
      if (!known.has(item)) {
        const what = PARTS.some(part => part === item)
          ? 'the component has nothing for'
          : 'there is no part or source file';
        problems.push(`${at}.brings: ${what} "${item}"`);
      } else if (brought.has(item)) {
        problems.push(`${at}.brings: "${item}" was brought before`);
      }
      brought.add(item);
    }
  });
  for (const part of partsOf(component).filter(item => !brought.has(item))) {
    problems.push(`history: no commit brings "${part}"`);
  }
  return problems.map(problem => `${fileOf(component)}: ${problem}`);
}

function apiProblems(company: SampleCompany): string[] {
  return [...company.apis.values()]
    .filter(api => !providerOf(company, api.name))
    .map(api => `apis/${api.fileName}: (file): no component provides it`);
}

function fileOf(component: SampleComponent): string {
  return `components/${component.name}.yaml`;
}
