import { stringify } from 'yaml';
import { dependantsOf } from '../company';
import { SampleComponent } from '../schema';
import {
  bullets,
  chat,
  dashboard,
  fence,
  has,
  hasPage,
  host,
  markdown,
  Stage,
  table,
} from './stage';

const TIERS = [
  'customers notice within minutes',
  'customers notice within the hour',
  'colleagues notice the same day',
  'nobody is woken',
];

/** Path of a decision record in `docs/`. */
export function decisionPath(title: string, index: number): string {
  const words = title.toLowerCase().replace(/[^a-z0-9]+/g, '-');
  const number = String(index + 1).padStart(4, '0');
  return `adr/${number}-${words.replace(/^-|-$/g, '')}.md`;
}

/** `mkdocs.yml`; no theme, which is the portal's to choose. */
export function mkdocs(stage: Stage): string {
  const { component } = stage;
  const pages: [boolean, string, string][] = [
    [true, 'Overview', 'index.md'],
    [true, 'Architecture', 'architecture.md'],
    [hasPage(stage, 'api'), 'API and use', 'api.md'],
    [hasPage(stage, 'runbook'), 'Runbook', 'runbook.md'],
    [hasPage(stage, 'on-call'), 'On-call', 'on-call.md'],
  ];
  const nav: Record<string, unknown>[] = pages
    .filter(([present]) => present)
    .map(([, title, path]) => ({ [title]: path }));
  if (has(stage, 'adr')) {
    const records = component.decisions.map(({ title }, index) => ({
      [title]: decisionPath(title, index),
    }));
    nav.push({ Decisions: records });
  }
  return stringify({
    site_name: component.title,
    site_description: component.description,
    docs_dir: 'docs',
    plugins: ['techdocs-core'],
    nav,
  });
}

/** `docs/index.md` */
export function indexPage(stage: Stage): string {
  const { component, company } = stage;
  const { operations } = component;
  const team = company.organisation.teams[component.owner];
  const contact = `[${team.title}](/catalog/default/group/${component.owner})`;
  const facts = [
    ['Owner', `${contact}, chat [#${component.owner}](${chat(component)})`],
    [
      'System',
      `[${component.system}](/catalog/default/system/${component.system})`,
    ],
    ['Tier', `${component.tier} (${TIERS[component.tier - 1]})`],
    ['Lifecycle', component.lifecycle],
  ];
  if (operations?.slo) {
    facts.push(['Objective', operations.slo]);
  }
  if (has(stage, 'alerts')) {
    facts.push(['Dashboard', `[Grafana](${dashboard(component)})`]);
  }
  const next = [
    '[Architecture](architecture.md): how it works and what it leans on',
    hasPage(stage, 'api') && '[API and use](api.md): how to call it',
    hasPage(stage, 'runbook') &&
      '[Runbook](runbook.md): what breaks, how to see it, what to do',
    hasPage(stage, 'on-call') && '[On-call](on-call.md): who is woken, and how',
  ].filter((item): item is string => Boolean(item));
  return markdown(
    `# ${component.title}`,
    deprecation(component, '!!! warning'),
    component.summary,
    responsibilities(component, '##'),
    '## At a glance',
    table(['Fact', 'Value'], facts),
    '## Where to go next',
    bullets(next),
  );
}

/** What the component does and does not do, as Markdown. */
export function responsibilities(
  component: SampleComponent,
  level: string,
): string | undefined {
  const { does, doesNot } = component;
  const parts = [
    does.length > 0 && `${level} What it does\n\n${bullets(does)}`,
    doesNot.length > 0 &&
      `${level} What it leaves to others\n\n${bullets(doesNot)}`,
  ].filter(Boolean);
  return parts.length > 0 ? parts.join('\n\n') : undefined;
}

/** The notice that a component has a successor, if it has. */
export function deprecation(
  component: SampleComponent,
  admonition?: string,
): string | undefined {
  const { successor, lifecycle } = component;
  if (lifecycle !== 'deprecated' || !successor) {
    return undefined;
  }
  const text = `Deprecated: use [${successor}](/catalog/default/component/${successor}) instead. Only fixes that keep it running are made here.`;
  return admonition ? `${admonition}\n    ${text}` : `> ${text}`;
}

/** `docs/architecture.md` */
export function architecturePage(stage: Stage): string {
  const { company, component } = stage;
  const { architecture, uses } = component;
  const dependants = dependantsOf(company, component);
  return markdown(
    '# Architecture',
    architecture?.text,
    fence('mermaid', architecture?.diagram ?? ''),
    architecture?.notes,
    uses.length > 0 && '## What it needs',
    uses.length > 0 &&
      table(
        ['Needs', 'For', 'Without it'],
        uses.map(use => [refLink(use.ref), use.for, use.without]),
      ),
    dependants.length > 0 && '## Who needs it',
    dependants.length > 0 &&
      table(
        ['Component', 'Owner', 'Through'],
        dependants.map(({ component: other, by }) => [
          refLink(`component:${other.name}`),
          other.owner,
          by === `component:${component.name}` ? 'directly' : refLink(by),
        ]),
      ),
  );
}

function refLink(ref: string): string {
  const [kind, name] = ref.split(':');
  return `[${name}](/catalog/default/${kind}/${name})`;
}

/** `docs/api.md` */
export function apiPage(stage: Stage): string {
  const { company, component, owner } = stage;
  const { usage, provides } = component;
  const definitions = provides.map(({ api, description }) => {
    const file = company.apis.get(api)?.fileName;
    return `[${api}](/catalog/default/api/${api}/definition): ${description} Source: \`api/${file}\` in \`${owner}/${component.name}\`.`;
  });
  return markdown(
    '# API and use',
    usage?.text,
    definitions.length > 0 && `## Definitions\n\n${bullets(definitions)}`,
    ...(usage?.examples ?? []).map(
      example =>
        `## ${example.title}\n\n${fence(example.language, example.code)}`,
    ),
    usage?.notes && `## Good to know\n\n${usage.notes}`,
    `Questions go to [#${component.owner}](${host(
      'chat',
      `/channels/${component.owner}`,
    )}).`,
  );
}

/** One `docs/adr/*.md` */
export function decisionPage(stage: Stage, index: number): string {
  const record = stage.component.decisions[index];
  return markdown(
    `# ${index + 1}. ${record.title}`,
    `Status: ${record.status} on ${stage.decidedOn}`,
    '## Context',
    record.context,
    '## Decision',
    record.decision,
    '## Consequences',
    record.consequences,
  );
}
