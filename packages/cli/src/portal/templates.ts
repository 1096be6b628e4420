import { NotFoundError } from '@backstage/errors';
import { didYouMean } from '../commands/nearest';
import { CatalogEntity, findEntities, findEntity, refOf } from './catalog';
import { PortalClient } from './PortalClient';

const VERSION = 'backstage.io/template-version';
const LIFECYCLE = 'waymark.dev/lifecycle';
const SUNSET = 'waymark.dev/sunset';
const SUCCESSOR = 'waymark.dev/successor';

/** A golden path that a portal has. */
export interface PortalTemplate {
  ref: string;
  name: string;
  title: string;
  description?: string;
  version?: string;
  /** `active`, `deprecated` or what else it says. */
  lifecycle: string;
  /** Day from which nothing is made from it. */
  sunset?: string;
  successor?: string;
  owner?: string;
  tags: string[];
}

/** All that one may see, by name. */
export async function listTemplates(
  client: PortalClient,
): Promise<PortalTemplate[]> {
  const found = await findEntities(client, [{ kind: 'Template' }]);
  return found.map(templateOf);
}

/**
 * One of them, by name or reference.
 *
 * @throws NotFoundError naming what was likely meant
 */
export async function findTemplate(
  client: PortalClient,
  name: string,
): Promise<PortalTemplate> {
  const [, namespace = 'default', bare] =
    /^(?:template:)?(?:([^/]+)\/)?([^/]+)$/i.exec(name) ?? [];
  const found =
    bare && (await findEntity(client, `template:${namespace}/${bare}`));
  if (found) return templateOf(found);
  const names = (await listTemplates(client)).map(one => one.name);
  throw new NotFoundError(
    `There is no golden path ${name} at ${client.url}.${didYouMean(
      name,
      names,
    )} There are: ${names.join(', ') || 'none that you may see'}.`,
  );
}

function templateOf(entity: CatalogEntity): PortalTemplate {
  const { name, title, description, annotations, tags } = entity.metadata;
  const { owner } = entity.spec;
  return {
    ref: refOf(entity),
    name,
    title: title ?? name,
    description,
    version: annotations[VERSION],
    lifecycle: annotations[LIFECYCLE] ?? 'active',
    sunset: annotations[SUNSET],
    successor: annotations[SUCCESSOR],
    owner: typeof owner === 'string' ? owner : undefined,
    tags,
  };
}
