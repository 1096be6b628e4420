import {
  ANNOTATION_LOCATION,
  DEFAULT_NAMESPACE,
  Entity,
  getEntitySourceLocation,
  parseLocationRef,
  RELATION_OWNED_BY,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import { ScmIntegrations } from '@backstage/integration';
import gitUrlParse from 'git-url-parse';
import { saidBy, Said } from '../rules/rules';
import { relation } from './attributes';
import { Component } from './ComponentStore';

/** What the catalog is asked for of each component. */
export const DESCRIBED_FIELDS = [
  'kind',
  'metadata.name',
  'metadata.namespace',
  'metadata.annotations',
  'relations',
];

/** What alerts call a component; its own name where it says nothing. */
const ALERTED_AS = 'waymark.dev/incident-service';
/** What sources of incidents call a component. */
const SERVICES = ['pagerduty.com/service-id', ALERTED_AS];
/** What sources of deployments call it: the annotation, and what stands before it. */
const DEPLOYED_AS = {
  'backstage.io/kubernetes-id': 'kubernetes-id',
  'waymark.dev/cdevents-service': 'cdevents',
};

interface Place {
  organisation: string;
  repository: string;
  path: string;
}

/** The component, and where its files are. */
export function describeComponent(
  entity: Entity,
  integrations: ScmIntegrations,
  /** What teams say of what counts, by reference. */
  teams: ReadonlyMap<string, Said>,
): Component {
  const { annotations = {} } = entity.metadata;
  const owner = relation(entity, RELATION_OWNED_BY, 'group');
  const entityRef = stringifyEntityRef(entity);
  const place = locate(entity, integrations);
  return {
    entityRef,
    unit: place?.repository ?? entityRef,
    ...(place && { repository: place.repository }),
    path: place?.path ?? '',
    services: [
      ...SERVICES.flatMap(key => named(annotations[key])),
      ...(annotations[ALERTED_AS] ? [] : ownNames(entity, entityRef)),
      ...Object.entries(DEPLOYED_AS).flatMap(([key, prefix]) =>
        annotations[key] ? `${prefix}:${annotations[key]}` : [],
      ),
    ],
    ...(owner && { owner }),
    said: {
      component: saidBy(annotations),
      team: teams.get(owner ?? '') ?? {},
    },
  };
}

/** Names with commas between them. */
function named(text: string = ''): string[] {
  return text
    .split(',')
    .map(name => name.trim())
    .filter(Boolean);
}

/** By its name alone in the namespace that most are in. */
function ownNames({ metadata }: Entity, entityRef: string): string[] {
  const isDefault =
    (metadata.namespace ?? DEFAULT_NAMESPACE) === DEFAULT_NAMESPACE;
  return isDefault ? [metadata.name, entityRef] : [entityRef];
}

/**
 * Anybody can write any source location into their own repository; what was
 * delivered from another organisation's is not counted for them.
 */
function locate(
  entity: Entity,
  integrations: ScmIntegrations,
): Place | undefined {
  let source;
  try {
    source = getEntitySourceLocation(entity);
  } catch {
    return undefined;
  }
  if (source.type !== 'url') return undefined;
  const place = parse(source.target, integrations);
  const managed = entity.metadata.annotations?.[ANNOTATION_LOCATION];
  if (!place || !managed) return place;
  const { type, target } = parseLocationRef(managed);
  if (type !== 'url') return place;
  return parse(target, integrations)?.organisation === place.organisation
    ? place
    : undefined;
}

function parse(url: string, integrations: ScmIntegrations): Place | undefined {
  if (!integrations.byUrl(url)) return undefined;
  try {
    const { owner, name, filepath, filepathtype } = gitUrlParse(url);
    if (!owner || !name) return undefined;
    const organisation = `${new URL(url).host}/${owner}`.toLowerCase();
    const folders = filepath.split('/').filter(Boolean);
    // Of a file, the folder that it is in.
    if (filepathtype === 'blob') folders.pop();
    return {
      organisation,
      repository: `${organisation}/${name.toLowerCase()}`,
      path: folders.join('/'),
    };
  } catch {
    return undefined;
  }
}
