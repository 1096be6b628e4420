import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { UrlReaderService } from '@backstage/backend-plugin-api';
import {
  ANNOTATION_LOCATION,
  parseLocationRef,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import { ConflictError } from '@backstage/errors';
import { TemplateEntityV1beta3 } from '@backstage/plugin-scaffolder-common';
import {
  ANNOTATION_VERSION,
  versionSchema,
} from '@waymark/backstage-plugin-golden-paths-common';
import {
  DryRunFile,
  dryRunContents,
  readWhole,
} from '@waymark/backstage-plugin-golden-paths-node';
import { GithubClients } from '@waymark/repositories';
import gitUrlParse from 'git-url-parse';
import { z } from 'zod';
import { boundedFilter } from '../boundedFilter';
import { LIMITS } from '../limits';

/** A template as it was at one commit of its repository. */
export interface TemplateVersion {
  version: string;
  commit: string;
  title: string;
  template: TemplateEntityV1beta3;
  contents: DryRunFile[];
  /** Its CHANGELOG.md; empty where it has none. */
  changelog: string;
}

/** Versions that are held in memory. */
const KEPT = 4;

/** Folders beside a template that it is made of. */
const SHARED = ['_layers', '_parts'];

const commitSchema = z.object({ sha: z.string().regex(/^[0-9a-f]{40}$/) });
const templateSchema = z.looseObject({
  kind: z.literal('Template'),
  metadata: z.looseObject({
    name: z.string(),
    title: z.string().optional(),
    annotations: z.looseObject({ [ANNOTATION_VERSION]: versionSchema }),
  }),
  spec: z.looseObject({
    steps: z.array(z.looseObject({ action: z.string() })),
  }),
});

/** Reads templates at commits of the repository that the catalog has them from. */
export class TemplateVersions {
  /** A commit says the same for ever; of a rollout each service asks again. */
  private readonly kept = new Map<string, TemplateVersion>();

  constructor(
    private readonly services: {
      clients: GithubClients;
      urlReader: UrlReaderService;
    },
  ) {}

  /**
   * The template as its repository has it now.
   *
   * @throws ConflictError where it is in no repository, or cannot be read
   */
  async newest(
    entity: TemplateEntityV1beta3,
    signal: AbortSignal,
  ): Promise<TemplateVersion> {
    const place = placeOf(entity);
    const { host, owner, name, ref, url } = place;
    const client = await this.services.clients.open({
      url,
      host,
      owner,
      name,
      type: 'github',
    });
    const head = await client.find(
      commitSchema,
      `/commits/${encodeURIComponent(ref)}`,
    );
    if (!head) throw unreadable(entity, `at ${ref}`);
    return this.read(entity, head.sha, signal);
  }

  /**
   * The template at a commit. Whoever names the commit need not be trusted: what
   * is read is only rendered, and only where it reads nothing but its own files.
   *
   * @throws ConflictError where it cannot be read there
   */
  async read(
    entity: TemplateEntityV1beta3,
    commit: string,
    signal: AbortSignal,
  ): Promise<TemplateVersion> {
    const { root, templates, folder } = placeOf(entity);
    const key = JSON.stringify([root, templates, folder, commit]);
    const known = this.kept.get(key);
    if (known) return known;
    const read = await this.download(entity, commit, signal);
    this.kept.set(key, read);
    const [oldest] = this.kept.keys();
    if (this.kept.size > KEPT) this.kept.delete(oldest);
    return read;
  }

  private async download(
    entity: TemplateEntityV1beta3,
    commit: string,
    signal: AbortSignal,
  ): Promise<TemplateVersion> {
    const { root, templates, folder } = placeOf(entity);
    const download = await mkdtemp(join(tmpdir(), 'golden-path-'));
    try {
      const bounded = boundedFilter(
        `${folder}/tests/`,
        'The template is too large to be upgraded',
      );
      const tree = await this.services.urlReader.readTree(
        `${root}/tree/${commit}/${templates}`,
        {
          filter: (path, info) =>
            [folder, ...SHARED].some(part => path.startsWith(`${part}/`)) &&
            bounded(path, info),
          signal,
        },
      );
      await tree.dir({ targetDir: download });
      const own = join(download, folder);
      const changelog = join(own, 'CHANGELOG.md');
      const { value } = readWhole(
        own,
        'template.yaml',
        ({ file }, _, message) => {
          throw new ConflictError(`${file}: ${message}`);
        },
      );
      const template = templateSchema.parse(value);
      return {
        version: template.metadata.annotations[ANNOTATION_VERSION],
        commit,
        title: template.metadata.title ?? template.metadata.name,
        template: template as unknown as TemplateEntityV1beta3,
        contents: await dryRunContents(own, LIMITS.source),
        changelog: existsSync(changelog) ? readFileSync(changelog, 'utf8') : '',
      };
    } catch (error) {
      signal.throwIfAborted();
      throw unreadable(entity, `at ${commit}: ${(error as Error).message}`);
    } finally {
      await rm(download, { recursive: true, force: true });
    }
  }
}

function unreadable(entity: TemplateEntityV1beta3, why: string) {
  return new ConflictError(
    `${stringifyEntityRef(entity)} cannot be read ${why}`,
  );
}

/** Where the catalog has a template from: its own word, and nobody else's. */
export function placeOf(entity: TemplateEntityV1beta3) {
  const annotation = entity.metadata.annotations?.[ANNOTATION_LOCATION] ?? '';
  try {
    const { type, target } = parseLocationRef(annotation);
    if (type !== 'url') throw new Error(`It is a ${type}`);
    const { owner, name, ref, filepath } = gitUrlParse(target);
    const [file, folder, ...above] = decodeURIComponent(filepath)
      .split('/')
      .reverse();
    if (!owner || !name || !ref || !folder || file !== 'template.yaml') {
      throw new Error('It is no template in a folder of a repository');
    }
    const { host, origin } = new URL(target);
    const root = `${origin}/${owner}/${name}`;
    return {
      host,
      owner,
      name,
      ref,
      root,
      url: target,
      folder,
      /** The folder of all templates. */
      templates: above.reverse().map(encodeURIComponent).join('/'),
    };
  } catch (error) {
    throw unreadable(entity, `where it is: ${(error as Error).message}`);
  }
}
