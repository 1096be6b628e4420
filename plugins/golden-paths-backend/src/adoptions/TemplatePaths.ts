import {
  AuthService,
  BackstageCredentials,
} from '@backstage/backend-plugin-api';
import { stringifyEntityRef } from '@backstage/catalog-model';
import { CatalogService } from '@backstage/plugin-catalog-node';
import {
  isTemplateEntityV1beta3,
  TemplateEntityV1beta3,
} from '@backstage/plugin-scaffolder-common';
import {
  ANNOTATION_VERSION,
  ScaffoldEnvironment,
  ScaffoldRecord,
} from '@waymark/backstage-plugin-golden-paths-common';
import {
  Path,
  PathVersion,
  Tree,
  versionsOf,
  withBareRepository,
} from '@waymark/backstage-plugin-golden-paths-node';
import { GithubClients } from '@waymark/repositories';
import { Engine } from '../engine';
import { renderVersion } from '../upgrades/renderVersion';
import {
  placeOf,
  TemplateVersion,
  TemplateVersions,
} from '../upgrades/TemplateVersions';

/** Commits of a golden path's repository that are looked at for versions. */
const MOST_COMMITS = 300;
const MOST_TEMPLATES = 20;

/** Reads golden paths of the catalog, and what they make. */
export class TemplatePaths {
  constructor(
    private readonly services: {
      auth: AuthService;
      catalog: CatalogService;
      clients: GithubClients;
      engine: Engine;
      versions: TemplateVersions;
    },
  ) {}

  /** Those that the caller may see and that can be read. */
  async all(
    credentials: BackstageCredentials,
    signal: AbortSignal,
  ): Promise<Path[]> {
    const { items } = await this.services.catalog.queryEntities(
      { filter: { kind: 'Template' }, limit: 500 },
      { credentials },
    );
    const paths = await Promise.all(
      items
        .filter(isTemplateEntityV1beta3)
        .filter(({ metadata }) => metadata.annotations?.[ANNOTATION_VERSION])
        .slice(0, MOST_TEMPLATES)
        .map(entity => this.path(entity, signal)),
    );
    return paths.flatMap(path => path ?? []);
  }

  /** One of its versions, as the caller may see it. */
  async version(
    templateRef: string,
    commit: string,
    credentials: BackstageCredentials,
    signal: AbortSignal,
  ): Promise<TemplateVersion | undefined> {
    const { catalog, versions } = this.services;
    const entity = await catalog.getEntityByRef(templateRef, { credentials });
    return entity && isTemplateEntityV1beta3(entity)
      ? versions.read(entity, commit, signal)
      : undefined;
  }

  /**
   * What a version makes of these answers.
   *
   * @throws InputError where it does not take them; ConflictError where it makes
   * nothing of them
   */
  async render(
    read: TemplateVersion,
    inputs: ScaffoldRecord['inputs'],
    environment: ScaffoldEnvironment,
    signal: AbortSignal,
  ): Promise<Tree> {
    const { version, commit, template } = read;
    return renderVersion(
      this.services,
      read,
      {
        apiVersion: 'waymark.dev/v1',
        kind: 'Scaffold',
        template: { ref: stringifyEntityRef(template), version, commit },
        inputs,
        environment,
      },
      signal,
    );
  }

  private async path(
    entity: TemplateEntityV1beta3,
    signal: AbortSignal,
  ): Promise<Path | undefined> {
    const { versions } = this.services;
    const read = async (commit: string) => {
      const one = await orNothing(versions.read(entity, commit, signal));
      return one && this.versionOf(one, signal);
    };
    // One that cannot be read, such as of another host, made nothing either.
    const newest = await orNothing(versions.newest(entity, signal));
    if (!newest) return undefined;
    return {
      ref: stringifyEntityRef(entity),
      title: newest.title,
      newest: this.versionOf(newest, signal),
      older: async () => {
        const known = await this.history(entity, newest.commit);
        const older = await Promise.all(
          known
            .filter(({ version }) => version !== newest.version)
            .map(({ commit }) => read(commit)),
        );
        return older.flatMap(one => one ?? []);
      },
      at: read,
    };
  }

  private versionOf(read: TemplateVersion, signal: AbortSignal): PathVersion {
    const { version, commit, template } = read;
    return {
      version,
      commit,
      template,
      render: (inputs, environment) =>
        orNothing(this.render(read, inputs, environment, signal)),
    };
  }

  private async history(entity: TemplateEntityV1beta3, head: string) {
    const { host, owner, name, url, folder, templates } = placeOf(entity);
    const { clients } = this.services;
    const remote = await clients.remote({
      url,
      host,
      owner,
      name,
      type: 'github',
    });
    const above = decodeURIComponent(templates);
    const file = [above, folder, 'template.yaml'].filter(Boolean).join('/');
    return withBareRepository(async git => {
      await git([
        'fetch',
        '--quiet',
        `--depth=${MOST_COMMITS}`,
        '--no-tags',
        remote.url,
        head,
      ]);
      return versionsOf(git, head, file);
    }, remote);
  }
}

/** Undefined for what cannot be read or rendered; what is down is an error. */
async function orNothing<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work;
  } catch (error) {
    const { name } = error as Error;
    if (name === 'ConflictError' || name === 'InputError') return undefined;
    throw error;
  }
}
