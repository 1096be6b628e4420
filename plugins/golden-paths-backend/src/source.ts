import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { UrlReaderService } from '@backstage/backend-plugin-api';
import {
  getEntitySourceLocation,
  parseLocationRef,
  stringifyEntityRef,
  ANNOTATION_LOCATION,
} from '@backstage/catalog-model';
import { ConflictError, NotFoundError } from '@backstage/errors';
import { ScmIntegrations } from '@backstage/integration';
import { TemplateEntityV1beta3 } from '@backstage/plugin-scaffolder-common';
import {
  DryRunFile,
  dryRunContents,
  usesLayers,
} from '@waymark/backstage-plugin-golden-paths-node';
import { boundedFilter } from './boundedFilter';
import { LIMITS } from './limits';

/** Reads the files that a template's steps work with. */
export type ReadSource = (
  template: TemplateEntityV1beta3,
  signal: AbortSignal,
) => Promise<DryRunFile[]>;

/**
 * Reads a template where the scaffolder reads it: in its repository, or for one
 * that the catalog has from a file, in that file's folder.
 */
export function templateSource(
  urlReader: UrlReaderService,
  integrations: ScmIntegrations,
): ReadSource {
  return async (template, signal) => {
    const annotation = template.metadata.annotations?.[ANNOTATION_LOCATION];
    // Set by the catalog itself. A source location may be anybody's word, and
    // must not make a repository's template one of this machine's files.
    const managed = annotation && parseLocationRef(annotation);
    if (managed && managed.type === 'file') {
      return dryRunContents(dirname(managed.target), LIMITS.source);
    }
    const source = managed && getEntitySourceLocation(template);
    if (!source || source.type !== 'url') {
      throw new ConflictError(
        `It is not known where the files of ${stringifyEntityRef(
          template,
        )} are`,
      );
    }
    const at = (url: string) =>
      integrations.resolveUrl({ url, base: source.target }).replace(/\/$/, '');
    const download = await mkdtemp(join(tmpdir(), 'golden-path-'));
    try {
      const folders: [url: string, folder: string][] = [
        [at('.'), join(download, 'template')],
      ];
      if (usesLayers(template)) {
        folders.push([at('../_layers'), join(download, '_layers')]);
      }
      const filter = boundedFilter(
        'tests/',
        'The template is too large for a preview',
      );
      for (const [url, targetDir] of folders) {
        await mkdir(targetDir);
        const tree = await urlReader.readTree(url, { filter, signal });
        await tree.dir({ targetDir });
      }
      const contents = await dryRunContents(folders[0][1], LIMITS.source);
      if (contents.every(({ path }) => path.startsWith('_layers/'))) {
        throw new NotFoundError(`There are no files at ${folders[0][0]}`);
      }
      return contents;
    } finally {
      await rm(download, { recursive: true, force: true });
    }
  };
}
