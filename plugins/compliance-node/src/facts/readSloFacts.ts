import { Entity } from '@backstage/catalog-model';
import {
  ManifestFacts,
  SloFacts,
} from '@waymark/backstage-plugin-compliance-common';
import { parseDocuments } from './documents';
import { FactsError } from './FactsError';
import { FileSource } from './FileSource';
import { MOST_BYTES_OF_FILE, textOf } from './readRepositoryFacts';

const OBJECTIVES = /^\.?(slos?|openslo)\/.*\.ya?ml$/;
/** By folder, or wherever it is by the file's own name. */
const WATCHED =
  /^(monitoring|alerts|alerting|prometheus|observability|grafana|dashboards)\/.*\.(ya?ml|json)$|(^|\/)(alerts?|alerting|alertmanager|prometheus-?rules?|dashboards?)[^/]*\.(ya?ml|json)$/;
/** promtool's tests of rules alert nobody; what a chart makes is in releases. */
const NOT_IN_USE = /[._-]test\.ya?ml$|(^|\/)(templates|node_modules|vendor)\//;

/** Annotations that say who is paged, as their tools have them. */
const PAGING =
  /^(pagerduty\.com\/(integration-key|service-id)|opsgenie\.com\/(team|component-selector)|splunk\.com\/on-call-.+|victorops\.com\/.+|grafana\/(oncall-integration|irm-.+)|waymark\.dev\/paging)$/;
const DASHBOARDS =
  /^(grafana\/(dashboard-selector|overview-dashboard)|datadoghq\.com\/dashboard-url|newrelic\.com\/dashboard-guid)$/;

type Alert = SloFacts['alerts'][number];

/** What is known beside the repository. */
export interface SloContext {
  /** The component, whose annotations count, and its owner. */
  entity?: Entity;
  owner?: Entity | null;
  /** Rendered objects may hold alerts and objectives, too. */
  releases?: ManifestFacts['releases'];
}

/**
 * How reliability is stated and watched.
 *
 * @param source - undefined for a component without a repository
 * @throws FactsError naming the file that cannot be read: what is in it is not
 *   known, so that nothing can be said to be missing
 */
export async function readSloFacts(
  source: FileSource | undefined,
  { entity, owner, releases = [] }: SloContext = {},
): Promise<SloFacts> {
  const facts: SloFacts = {
    documents: [],
    alerts: [],
    dashboards: [],
    paging: [],
  };
  const seen = new Set<string>();
  for (const path of (await source?.list()) ?? []) {
    const objectives = OBJECTIVES.test(path);
    if (!(objectives || WATCHED.test(path)) || NOT_IN_USE.test(path)) continue;
    seen.add(path);
    for (const document of await read(source!, path)) {
      if (!isObject(document)) continue;
      if (objectives || isObjective(document)) {
        facts.documents.push({ file: path, document });
      }
      facts.alerts.push(...alertsOf(path, document));
      if (isDashboard(document)) facts.dashboards.push(path);
      facts.paging.push(...receiversOf(document));
    }
  }
  for (const { objects, templates = [] } of releases) {
    objects.forEach((object, index) => {
      const file = templates[index] ?? '';
      // A manifest may be both: deployed, and named as alerts are.
      if (seen.has(file)) return;
      if (isObjective(object)) facts.documents.push({ file, document: object });
      facts.alerts.push(...alertsOf(file, object));
      if (object.kind === 'GrafanaDashboard') facts.dashboards.push(file);
    });
  }
  facts.dashboards.push(...annotationsOf(entity, DASHBOARDS));
  for (const { url, title = '', type } of entity?.metadata.links ?? []) {
    if (type === 'dashboard' || /dashboard/i.test(title)) {
      facts.dashboards.push(url);
    }
  }
  facts.paging.push(
    ...annotationsOf(entity, PAGING),
    ...annotationsOf(owner ?? undefined, PAGING),
  );
  return facts;
}

async function read(source: FileSource, path: string): Promise<unknown[]> {
  const bytes = await source.read(path, MOST_BYTES_OF_FILE);
  // A dashboard of more than 256 KiB is one.
  if (!bytes && path.endsWith('.json')) return [{ panels: [] }];
  const text = bytes && textOf(bytes);
  if (text === undefined) {
    throw new FactsError(`${path} is larger than 256 KiB or no text.`);
  }
  try {
    return parseDocuments(path, text);
  } catch (error) {
    throw new FactsError(`${path} ${(error as Error).message}`);
  }
}

/** Of OpenSLO, Sloth or Pyrra. */
function isObjective({ apiVersion, version, slos }: Record<string, unknown>) {
  return (
    /^(openslo(\.com)?|sloth\.slok\.dev|pyrra\.dev)\//.test(
      String(apiVersion),
    ) ||
    (/^prometheus\/v\d/.test(String(version)) && Array.isArray(slos))
  );
}

function isDashboard({ panels, rows, dashboard }: Record<string, unknown>) {
  return Array.isArray(panels) || Array.isArray(rows) || isObject(dashboard);
}

/** Alerting rules of a file of Prometheus, or of a PrometheusRule. */
function alertsOf(file: string, document: Record<string, unknown>): Alert[] {
  const { groups } = isObject(document.spec) ? document.spec : document;
  return list(groups)
    .flatMap(group => list(group.rules))
    .filter(rule => typeof rule.alert === 'string')
    .map(({ alert, labels, annotations, expr }) => ({
      file,
      name: String(alert),
      labels: texts(labels),
      annotations: texts(annotations),
      ...(expr !== undefined && { expr: String(expr) }),
    }));
}

/** Receivers of Alertmanager that reach a person. */
function receiversOf({ receivers }: Record<string, unknown>): string[] {
  return list(receivers)
    .filter(receiver =>
      Object.entries(receiver).some(
        ([key, value]) => key.endsWith('_configs') && list(value).length > 0,
      ),
    )
    .map(({ name }) => `receiver ${name}`);
}

function annotationsOf(entity: Entity | undefined, names: RegExp): string[] {
  return Object.entries(entity?.metadata.annotations ?? {})
    .filter(([name, value]) => names.test(name) && value.trim() !== '')
    .map(([name, value]) => `${name}: ${value}`);
}

function list(value: unknown): Record<string, unknown>[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

function texts(value: unknown): Record<string, string> {
  if (!isObject(value)) return {};
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, String(item)]),
  );
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
