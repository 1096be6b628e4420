import { compare } from './compare';
import { ServiceFact, TemplateFact } from './facts';
import { Position, positionOf } from './standing';

/** A service that names a template, and how it stands to it. */
export interface DriftingService extends Position {
  entityRef: string;
  title: string | null;
  owner: string | null;
  templateRef: string;
  version: string | null;
  /** The template's own; null where the catalog has no such template. */
  newest: string | null;
}

/** All that name a template; those furthest behind first. */
export function driftOf(
  services: readonly ServiceFact[],
  templates: ReadonlyMap<string, TemplateFact>,
): DriftingService[] {
  return services
    .flatMap(service => {
      if (service.isGone || !service.template) return [];
      const template = templates.get(service.template);
      return {
        entityRef: service.entityRef,
        title: service.title ?? null,
        owner: service.owner ?? null,
        templateRef: service.template,
        version: service.version ?? null,
        newest: template?.version ?? null,
        ...positionOf(service, template),
      };
    })
    .sort(
      (a, b) =>
        (b.behind ?? -1) - (a.behind ?? -1) ||
        compare(a.entityRef, b.entityRef),
    );
}
