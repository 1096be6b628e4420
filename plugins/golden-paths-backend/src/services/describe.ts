import {
  Entity,
  RELATION_OWNED_BY,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import {
  ANNOTATION_LIFECYCLE,
  ANNOTATION_ORIGIN,
  ANNOTATION_SUCCESSOR,
  ANNOTATION_SUNSET,
  ANNOTATION_TEMPLATE,
  ANNOTATION_TIME_SAVED,
  ANNOTATION_VERSION,
  Lifecycle,
  ORIGIN_ADOPTED,
  RELATION_SCAFFOLDED_FROM,
} from '@waymark/backstage-plugin-golden-paths-common';
import { storable } from '@waymark/backstage-plugin-insights-node';
import { Duration } from 'luxon';
import { wholeRef } from '../creations/readTask';

/** What the catalog is asked for of each component and template. */
export const DESCRIBED_FIELDS = [
  'kind',
  'metadata.name',
  'metadata.namespace',
  'metadata.title',
  'metadata.annotations',
  'spec.type',
  'spec.scaffoldedFrom',
  'relations',
];

/** A component, as the catalog says it is. */
export interface DescribedService {
  entityRef: string;
  title?: string;
  owner?: string;
  type?: string;
  templateRef?: string;
  templateVersion?: string;
}

/** Whether a component says that it was put on its template's path later. */
export function isAdopted({ metadata }: Entity): boolean {
  return metadata.annotations?.[ANNOTATION_ORIGIN] === ORIGIN_ADOPTED;
}

/** A template, as the catalog says it is. */
export interface DescribedTemplate {
  templateRef: string;
  title?: string;
  owner?: string;
  type?: string;
  version?: string;
  lifecycle: Lifecycle;
  sunset?: string;
  successor?: string;
  timeSavedSeconds?: number;
}

/** What a component says of the template that made it, the plainest word first. */
export function describeService(entity: Entity): DescribedService {
  const { annotations = {} } = entity.metadata;
  const said = [
    annotations[ANNOTATION_TEMPLATE],
    entity.spec?.scaffoldedFrom,
    relation(entity, RELATION_SCAFFOLDED_FROM),
  ].find((value): value is string => typeof value === 'string' && value !== '');
  const templateRef = said && wholeRef(said, 'template');
  const version = text(annotations[ANNOTATION_VERSION]);
  return {
    ...common(entity),
    ...(templateRef && {
      templateRef,
      ...(version && { templateVersion: version }),
    }),
  };
}

export function describeTemplate(entity: Entity): DescribedTemplate {
  const { annotations = {} } = entity.metadata;
  const { entityRef: templateRef, ...rest } = common(entity);
  const version = text(annotations[ANNOTATION_VERSION]);
  const sunset = day(annotations[ANNOTATION_SUNSET]);
  const successor = annotations[ANNOTATION_SUCCESSOR];
  const successorRef = successor && wholeRef(successor, 'template');
  const timeSavedSeconds = secondsOf(annotations[ANNOTATION_TIME_SAVED]);
  const isDeprecated = annotations[ANNOTATION_LIFECYCLE] === 'deprecated';
  return {
    templateRef,
    ...rest,
    lifecycle: isDeprecated ? 'deprecated' : 'active',
    ...(version && { version }),
    ...(sunset && { sunset }),
    ...(successorRef && { successor: successorRef }),
    ...(timeSavedSeconds !== undefined && { timeSavedSeconds }),
  };
}

function common(entity: Entity) {
  const { title } = entity.metadata;
  const owner = relation(entity, RELATION_OWNED_BY);
  const type = text(entity.spec?.type);
  return {
    entityRef: stringifyEntityRef(entity),
    ...(title && { title: storable(title).slice(0, 300) }),
    ...(owner && { owner }),
    ...(type && { type }),
  };
}

/** The entity that a relation leads to, first by name. */
function relation(entity: Entity, type: string): string | undefined {
  return (entity.relations ?? [])
    .filter(one => one.type === type)
    .map(({ targetRef }) => targetRef)
    .sort()[0];
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value.trim() !== ''
    ? storable(value.trim()).slice(0, 100)
    : undefined;
}

function day(value: string | undefined): string | undefined {
  const found = /^\d{4}-\d{2}-\d{2}/.exec(value ?? '')?.[0];
  return found && !Number.isNaN(Date.parse(found)) ? found : undefined;
}

/** Of an ISO duration such as PT8H; a day has 24 hours. */
function secondsOf(value: string | undefined): number | undefined {
  const seconds = Duration.fromISO(value ?? '').as('seconds');
  return Number.isFinite(seconds) && seconds >= 0 ? seconds : undefined;
}
