import { repositoryOfUrl } from '@waymark/backstage-plugin-dora-node';
import { ArgocdSettings, fits } from './config';
import { Payload } from './payload';

/** What an Application is about. */
export interface Subject {
  entityRefs?: string[];
  service?: string;
  repository?: string;
}

/** Label or annotation of an Application; what is annotated was meant for us. */
function said({ application }: Payload, key: string): string | undefined {
  const { annotations, labels } = application;
  return annotations.get(key) || labels.get(key) || undefined;
}

/** What an Application deploys; undefined where it does not say. */
export function subjectOf(
  payload: Payload,
  settings: ArgocdSettings,
): Subject | undefined {
  const named = said(payload, settings.componentAnnotation);
  const entityRefs = named?.split(',').flatMap(toComponentRef);
  if (entityRefs && entityRefs.length > 0) return { entityRefs };
  const id =
    said(payload, 'backstage.io/kubernetes-id') ??
    said(payload, 'waymark.dev/service');
  if (id) return { service: `kubernetes-id:${id}` };
  const [source] = ownSources(payload, settings);
  return source && { repository: source.repository };
}

function toComponentRef(text: string): string[] {
  const [, namespace = 'default', name] =
    /^(?:component:)?(?:([\w.-]+)\/)?([\w.-]+)$/i.exec(text.trim()) ?? [];
  return name ? [`component:${namespace}/${name}`.toLowerCase()] : [];
}

/** The commit that is deployed; undefined where it is none of the component's own. */
export function commitOf(
  payload: Payload,
  settings: ArgocdSettings,
): string | undefined {
  const isCommit = (text = '') => /^[0-9a-f]{40}([0-9a-f]{24})?$/.test(text);
  const stated = said(payload, 'waymark.dev/commit');
  if (isCommit(stated)) return stated;
  return ownSources(payload, settings).find(({ revision }) =>
    isCommit(revision),
  )?.revision;
}

/** Sources in Git that the components have their code in; what deploys comes first. */
function ownSources(
  { operation: { sources, revisions } }: Payload,
  settings: ArgocdSettings,
) {
  return sources
    .flatMap(({ repoURL, chart, ref }, index) => {
      const repository = repositoryOfUrl(repoURL ?? '');
      const isOther = settings.gitopsRepositories.some(pattern =>
        fits(pattern, repository ?? ''),
      );
      if (chart || !repository || isOther) return [];
      return [{ repository, ref, revision: revisions[index] }];
    })
    .sort((a, b) => Number(Boolean(a.ref)) - Number(Boolean(b.ref)));
}

/** Where it is deployed; undefined where nothing says. */
export function placeOf(
  payload: Payload,
  settings: ArgocdSettings,
): { environment: string; region?: string } | undefined {
  const { name, project, destination } = payload.application;
  const cluster = [destination?.name ?? '', destination?.server ?? ''];
  const rule = settings.environments.find(
    one =>
      fits(one.application, name) &&
      fits(one.project, project ?? '') &&
      fits(one.namespace, destination?.namespace ?? '') &&
      cluster.some(text => fits(one.cluster, text)),
  );
  const environment =
    said(payload, 'waymark.dev/environment') ??
    rule?.environment ??
    destination?.namespace;
  if (!environment) return undefined;
  const region = said(payload, 'waymark.dev/region') ?? rule?.region;
  return { environment, ...(region && { region }) };
}
