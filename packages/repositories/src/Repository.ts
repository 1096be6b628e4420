import {
  ANNOTATION_LOCATION,
  Entity,
  getEntitySourceLocation,
  parseLocationRef,
} from '@backstage/catalog-model';
import { ScmIntegrations } from '@backstage/integration';
import gitUrlParse from 'git-url-parse';

/** Where a component's files are. */
export interface Repository {
  /** A folder of the repository, such as `https://…/tree/main/`. */
  url: string;
  host: string;
  owner: string;
  name: string;
  /** None: the default branch. */
  branch?: string;
  /** Of the host, such as `github`. */
  type: string;
}

/** What a repository is found by: hosts and most Git hosts ignore case. */
export function keyOf(at: { host: string; owner: string; name: string }) {
  return `${at.host}/${at.owner}/${at.name}`.toLowerCase();
}

/**
 * Where a component's files are: undefined where the catalog names no place, and
 * a problem in words for the owner where it names one that is not read.
 */
export function locate(
  entity: Entity,
  integrations: ScmIntegrations,
): Repository | { problem: string } | undefined {
  let location;
  try {
    location = getEntitySourceLocation(entity);
  } catch {
    return undefined;
  }
  if (location.type !== 'url') return undefined;
  const repository = parse(location.target, integrations);
  if (!repository) {
    return {
      problem:
        'backstage.io/source-location leads to no repository on a Git host that the portal knows.',
    };
  }
  if (isOfOthers(entity, repository, integrations)) {
    return {
      problem:
        'backstage.io/source-location leads to the repository of another organisation.',
    };
  }
  return repository;
}

/**
 * Anybody can write any source location into their own repository; what is in
 * another organisation's is not shown to them for it.
 */
function isOfOthers(
  entity: Entity,
  repository: Repository,
  integrations: ScmIntegrations,
): boolean {
  const managed = entity.metadata.annotations?.[ANNOTATION_LOCATION];
  if (!managed) return false;
  const { type, target } = parseLocationRef(managed);
  if (type !== 'url') return false;
  const own = parse(target, integrations);
  const organisation = ({ host, owner }: Repository) =>
    `${host}/${owner}`.toLowerCase();
  return !own || organisation(own) !== organisation(repository);
}

function parse(
  url: string,
  integrations: ScmIntegrations,
): Repository | undefined {
  const integration = integrations.byUrl(url);
  if (!integration) return undefined;
  try {
    const { owner, name, ref } = gitUrlParse(url);
    if (!owner || !name) return undefined;
    return {
      url,
      host: new URL(url).host,
      owner,
      name,
      ...(ref && ref !== 'HEAD' && { branch: ref }),
      type: integration.type,
    };
  } catch {
    return undefined;
  }
}
