import { SampleComponent, SampleOrganisation } from './schema';
import { SampleApi } from './types';

/** E-mail and host name domain of the sample company. */
export const COMPANY_DOMAIN = 'tidewater.example';

/** Everything the renderer reads, cross-checked. */
export interface SampleCompany {
  organisation: SampleOrganisation;
  /** Sorted by name. */
  components: SampleComponent[];
  apis: Map<string, SampleApi>;
}

/** A stage of a repository's life that one commit brings in whole. */
export const PARTS = [
  'deploy',
  'resize',
  'workflow',
  'api',
  'docs',
  'adr',
  'alerts',
  'runbook',
  'on-call',
  'lessons',
] as const;
/** See {@link PARTS}. */
export type Part = (typeof PARTS)[number];

/** The parts this component has anything for. */
export function partsOf(component: SampleComponent): Part[] {
  const present: Record<Part, boolean> = {
    deploy: component.operations !== undefined,
    resize: component.operations?.initialMemory !== undefined,
    workflow: component.workflow !== 'none',
    api: component.provides.length > 0 || component.usage !== undefined,
    docs: component.architecture !== undefined,
    adr: component.decisions.length > 0,
    alerts: component.alerts.length > 0,
    runbook: component.runbook.some(mode => !mode.learned),
    'on-call': component.onCall !== undefined,
    lessons: component.runbook.some(mode => mode.learned),
  };
  return PARTS.filter(part => present[part]);
}

/** The component that provides the API, or undefined. */
export function providerOf(
  company: Pick<SampleCompany, 'components'>,
  api: string,
): SampleComponent | undefined {
  return company.components.find(component =>
    component.provides.some(provided => provided.api === api),
  );
}

/**
 * What a component needs to run: what it names itself, and the providers of
 * the APIs it calls and waits for. Events it merely listens to do not count.
 */
export function dependenciesOf(
  company: SampleCompany,
  component: SampleComponent,
): string[] {
  const named = component.uses
    .map(use => use.ref)
    .filter(ref => !ref.startsWith('api:'));
  const called = consumedApis(component)
    .filter(api => company.apis.get(api)?.type !== 'asyncapi')
    .map(api => providerOf(company, api))
    .flatMap(provider => (provider ? [`component:${provider.name}`] : []));
  return [...new Set([...called, ...named])];
}

/** Names of the APIs the component consumes. */
export function consumedApis(component: SampleComponent): string[] {
  return component.uses
    .filter(use => use.ref.startsWith('api:'))
    .map(use => use.ref.slice('api:'.length));
}

/** Components that call this one, listen to its events or build on it. */
export function dependantsOf(
  company: SampleCompany,
  component: SampleComponent,
): { component: SampleComponent; by: string }[] {
  const provided = component.provides.map(({ api }) => `api:${api}`);
  const refs = new Set([`component:${component.name}`, ...provided]);
  return company.components.flatMap(other =>
    other.uses
      .filter(use => refs.has(use.ref))
      .map(use => ({ component: other, by: use.ref })),
  );
}
