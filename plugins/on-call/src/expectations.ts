import { Entity } from '@backstage/catalog-model';
import { Operations } from '@waymark/backstage-plugin-insights-react';

/** Something an on-call engineer would look for and not find. */
export type Missing = { what: string; how: string };

/** Types of component that run and can therefore fail at night. */
const NOT_RUNNING = ['library', 'documentation'];
/** Types of component that answer requests. */
const ANSWERING = ['service', 'website'];

/**
 * Says what a running component should have and has not. Nothing is expected
 * of things that do not run: libraries, APIs, systems.
 */
export function missingOf(entity: Entity, operations: Operations): Missing[] {
  const type = String(entity.spec?.type ?? '');
  if (entity.kind !== 'Component' || NOT_RUNNING.includes(type)) return [];
  const missing: Missing[] = [];
  if (!operations.runbook) {
    missing.push({
      what: 'No runbook',
      how: 'Add docs/runbook.md and a link of type "runbook" in catalog-info.yaml.',
    });
  }
  if (operations.dashboards.length === 0) {
    missing.push({
      what: 'No dashboard',
      how: 'Add a link of type "dashboard" in catalog-info.yaml.',
    });
  }
  if (ANSWERING.includes(type) && operations.health.length === 0) {
    missing.push({
      what: 'No health check',
      how: 'Add a link of type "health" in catalog-info.yaml.',
    });
  }
  if (!operations.repository) {
    missing.push({
      what: 'No repository',
      how: 'The catalog does not know where the code lives: add backstage.io/source-location.',
    });
  }
  return missing;
}
