import { TemplateEntityV1beta3 } from '@backstage/plugin-scaffolder-common';
import { resolveExpressions } from './expressions';

/** What is known while the form is filled in. */
export type PlanContext = {
  /** The form's values, by the names the template gives them. */
  values: Record<string, unknown>;
  gitHost: string;
  gitOwner: string;
  /** What the owner and the system are called, where they are chosen. */
  ownerName?: string;
  systemName?: string;
};

type Step = TemplateEntityV1beta3['spec']['steps'][number];

/** Our actions do what the stock one of the same name does, only resumably. */
const actionOf = (step: Step) => step.action.replace(/^waymark:/, '');

const CREATES_REPOSITORY = ['github:repo:create', 'publish:github'];
const PUSHES = ['github:repo:push', 'publish:github'];

function knownValues({ values, gitHost, gitOwner }: PlanContext) {
  const known: Record<string, string> = {
    'waymark.gitHost': gitHost,
    'waymark.gitOwner': gitOwner,
  };
  for (const [key, value] of Object.entries(values)) {
    if (typeof value === 'string') known[`parameters.${key}`] = value;
  }
  return known;
}

function repository(step: Step, known: Record<string, string>) {
  const repoUrl = resolveExpressions(step.input?.repoUrl, known);
  const match = repoUrl && /^([^?]+)\?(.*)$/.exec(repoUrl);
  if (!match) return step.name;
  const query = new URLSearchParams(match[2]);
  const visibility = step.input?.repoVisibility ?? 'private';
  return `A ${visibility} Git repository ${query.get('owner')}/${query.get(
    'repo',
  )} on ${match[1]}`;
}

function protection(step: Step) {
  const { defaultBranch = 'main', requiredApprovingReviewCount = 1 } =
    step.input ?? {};
  const reviews =
    requiredApprovingReviewCount === 1
      ? 'one review'
      : `${requiredApprovingReviewCount} reviews`;
  return `A protected branch ${defaultBranch}: each change needs ${reviews}`;
}

function environments(steps: Step[]) {
  const names = steps
    .filter(step => actionOf(step) === 'github:environment:create')
    .map(({ input }) => String(input?.name));
  if (names.length === 0) return undefined;
  if (names.length === 1) return `The environment ${names[0]}`;
  return `The environments ${names.slice(0, -1).join(', ')} and ${names.at(
    -1,
  )}`;
}

/** The answer of `_parts/parameters/database.yaml`, in words. */
function database({ database: answer }: Record<string, unknown>) {
  if (answer === true)
    return 'A store on PostgreSQL, with migrations and tests';
  return answer === false ? 'No database' : undefined;
}

function catalogEntry({ values, ownerName, systemName }: PlanContext) {
  return [
    `The component ${values.name} in the catalog`,
    ownerName && `owned by ${ownerName}`,
    systemName && `part of ${systemName}`,
  ]
    .filter(Boolean)
    .join(', ');
}

/**
 * Says what a template will make, from its own steps: one line per thing. A
 * step that makes nothing one would see afterwards is left out.
 */
export function describePlan(
  template: TemplateEntityV1beta3,
  context: PlanContext,
): string[] {
  const { steps } = template.spec;
  const known = knownValues(context);
  const first = (actions: string[]) =>
    steps.find(step => actions.includes(actionOf(step)));
  const created = first(CREATES_REPOSITORY);
  const pushed = first(PUSHES);
  return [
    created && repository(created, known),
    pushed?.input?.protectDefaultBranch === true && protection(pushed),
    database(context.values),
    environments(steps),
    first(['catalog:register']) && catalogEntry(context),
  ].filter((line): line is string => Boolean(line));
}
