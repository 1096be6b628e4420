import { Origin } from '@waymark/backstage-plugin-dora-common';

/** How the facts of one kind are stored: property by column. */
export interface FactTable {
  name: 'deployments' | 'changes' | 'incidents';
  columns: Record<string, string>;
  /** When it began, by which lists are ordered. */
  at: string;
}

const COMMON = { id: 'id', entityRef: 'entity_ref' };

export const DEPLOYMENTS: FactTable = {
  name: 'deployments',
  at: 'started_at',
  columns: {
    ...COMMON,
    environment: 'environment',
    production: 'production',
    region: 'region',
    sha: 'sha',
    startedAt: 'started_at',
    finishedAt: 'finished_at',
    result: 'result',
    originalResult: 'original_result',
    kind: 'kind',
    mendsDeploymentId: 'mends_deployment_id',
    incidentId: 'incident_id',
    url: 'url',
  },
};

export const CHANGES: FactTable = {
  name: 'changes',
  at: 'merged_at',
  columns: {
    ...COMMON,
    repository: 'repository',
    number: 'number',
    url: 'url',
    title: 'title',
    author: 'author',
    bot: 'bot',
    firstCommitAt: 'first_commit_at',
    readyAt: 'ready_at',
    firstReviewAt: 'first_review_at',
    mergedAt: 'merged_at',
    mergeSha: 'merge_sha',
    pathsKnown: 'paths_known',
    deploymentId: 'deployment_id',
    deployedAt: 'deployed_at',
  },
};

export const INCIDENTS: FactTable = {
  name: 'incidents',
  at: 'started_at',
  columns: {
    ...COMMON,
    severity: 'severity',
    title: 'title',
    url: 'url',
    startedAt: 'started_at',
    detectedAt: 'detected_at',
    resolvedAt: 'resolved_at',
    deploymentId: 'deployment_id',
    linkedBy: 'linked_by',
  },
};

/** All columns of a table, as rows have them. */
export function columnsOf({ columns }: FactTable): string[] {
  return [...Object.values(columns), 'source', 'external_id', 'unit'];
}

export type Row = Record<string, unknown>;
type AnyFact = { id: string; origin: Origin };

/** Columns that are neither text nor instants. */
const TYPES: Record<string, string> = {
  bot: 'boolean',
  number: 'integer',
  paths_known: 'boolean',
  production: 'boolean',
};

/** PostgreSQL's type of a column. */
export function typeOf(column: string): string {
  return TYPES[column] ?? (column.endsWith('_at') ? 'timestamptz' : 'text');
}

/** Facts of a unit as text, column by column in the order of {@link columnsOf}. */
export function valuesOf(
  { columns }: FactTable,
  unit: string,
  facts: readonly AnyFact[],
): (string | null)[][] {
  const rows = facts as unknown as readonly Row[];
  const text = (value: unknown) =>
    value === undefined || value === null ? null : String(value);
  return [
    ...Object.keys(columns).map(name => rows.map(row => text(row[name]))),
    facts.map(({ origin }) => origin.source),
    facts.map(({ origin }) => origin.externalId),
    facts.map(() => unit),
  ];
}

export function toFact<T>(table: FactTable, row: Row): T {
  const { source, external_id: externalId } = row;
  const fact: Row = {};
  for (const [property, column] of Object.entries(table.columns)) {
    const value = row[column];
    if (value === null || value === undefined) continue;
    fact[property] = value instanceof Date ? value.toISOString() : value;
  }
  return { ...fact, origin: { source, externalId } } as T;
}
