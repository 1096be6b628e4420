import { ANNOTATION_SOURCE_LOCATION, Entity } from '@backstage/catalog-model';
import { ComponentReport } from '@waymark/backstage-plugin-compliance-common';

/** `https://host/owner/name`, and a folder of a branch below `tree`. */
const PLACE =
  /^(https?:\/\/[^/]+\/[^?#]+?)(?:(\/-)?\/(?:tree|blob)\/([^/?#]+)(\/[^?#]*)?)?\/?$/;

/**
 * The page of a file on its Git host, at the line: GitHub and what has its
 * paths, and GitLab. Undefined for a place that is none.
 */
export function fileUrl(
  folder: string,
  file: string,
  line?: number,
): string | undefined {
  const match = PLACE.exec(folder);
  if (!match) return undefined;
  const [, repository, dash = '', branch = 'HEAD', inside = ''] = match;
  const path = `${inside.replace(/\/$/, '')}/${file}`
    .split('/')
    .map(encodeURIComponent)
    .join('/');
  const at = line === undefined ? '' : `#L${line}`;
  return `${repository}${dash}/blob/${branch}${path}${at}`;
}

/** The folder that files in verdicts stand below, as an address. */
export function folderOf(
  entity: Entity,
  report: ComponentReport,
): string | undefined {
  const files = report.origins.find(({ part }) => part === 'repository');
  // The collector says `address @ commit`.
  const read = files?.source?.split(' ')[0];
  if (read) return read;
  const source = entity.metadata.annotations?.[ANNOTATION_SOURCE_LOCATION];
  return source?.startsWith('url:') ? source.slice('url:'.length) : undefined;
}
