import { BackstageCredentials } from '@backstage/backend-plugin-api';
import {
  ANNOTATION_LOCATION,
  Entity,
  parseLocationRef,
} from '@backstage/catalog-model';
import { ConflictError, NotFoundError } from '@backstage/errors';
import { ScmIntegrations } from '@backstage/integration';
import { AdoptionRequest } from '@waymark/backstage-plugin-golden-paths-common';
import {
  adoptedTree,
  Adoption,
  Candidate,
  componentOf,
  environmentIn,
  inferOrigin,
  refuseRecorded,
} from '@waymark/backstage-plugin-golden-paths-node';
import {
  GithubClient,
  GithubClients,
  locate,
  Repository,
} from '@waymark/repositories';
import gitUrlParse from 'git-url-parse';
import { z } from 'zod';
import { OwnersRepository } from '../upgrades/OwnersRepository';
import { TemplatePaths } from './TemplatePaths';

const repositorySchema = z.object({
  default_branch: z.string(),
  archived: z.boolean().default(false),
});

/** A repository that may be put on a golden path. */
export interface Found {
  entity: Entity;
  repository: Repository;
  client: GithubClient;
  /** The default branch. */
  base: string;
  owners: OwnersRepository;
  /** The file that the catalog has the component from. */
  catalogInfo: string;
}

/** Which golden path, at which version and with which answers. */
export type Chosen = Omit<AdoptionRequest, 'entityRef'>;

/** Finds out which golden path a repository is on, and writes that down. */
export class AdoptionMaker {
  constructor(
    private readonly services: {
      clients: GithubClients;
      integrations: ScmIntegrations;
      paths: TemplatePaths;
      /** Of the portal, without a slash at its end. */
      portalUrl: string;
    },
  ) {}

  /**
   * Reads the repository as its owners have it.
   *
   * @param use - what is done with it, while it is at hand
   * @throws ConflictError in words for the owner where it cannot be adopted
   */
  async find<T>(entity: Entity, use: (found: Found) => Promise<T>): Promise<T> {
    const { clients, integrations } = this.services;
    const repository = locate(entity, integrations);
    if (!repository) {
      throw new ConflictError('The catalog knows no repository of it.');
    }
    if ('problem' in repository) throw new ConflictError(repository.problem);
    const catalogInfo = catalogFileOf(entity, repository);
    const client = await clients.open(repository);
    const described = await client.find(repositorySchema, '');
    if (!described) {
      throw new ConflictError(
        'The repository is not there, or the portal may not read it.',
      );
    }
    if (described.archived) {
      throw new ConflictError('The repository is archived.');
    }
    const remote = await clients.remote(repository);
    const base = described.default_branch;
    return OwnersRepository.read(remote, base, async owners => {
      refuseRecorded(owners.tree);
      return use({ entity, repository, client, base, owners, catalogInfo });
    });
  }

  /** Golden paths that it may have come from, the likeliest first. */
  async infer(
    found: Found,
    credentials: BackstageCredentials,
    signal: AbortSignal,
  ): Promise<Candidate[]> {
    const { entity, owners, repository } = found;
    const component = componentOf(entity);
    return inferOrigin({
      tree: owners.tree,
      ...(component && { component }),
      says: 'the catalog',
      hints: {
        name: { value: repository.name, from: 'the repository is called so' },
      },
      environment: this.environmentOf(found),
      paths: await this.services.paths.all(credentials, signal),
      signal,
    });
  }

  /**
   * What would be written for a choice, which is rendered once: a record that an
   * upgrade could make nothing of is none.
   *
   * @throws NotFoundError, ConflictError, InputError in words for the owner
   */
  async write(
    found: Found,
    { templateRef, version, commit, inputs }: Chosen,
    credentials: BackstageCredentials,
    signal: AbortSignal,
  ): Promise<Adoption & { title: string }> {
    const { paths } = this.services;
    const read = await paths.version(templateRef, commit, credentials, signal);
    if (!read) throw new NotFoundError(`There is no ${templateRef}`);
    if (read.version !== version) {
      throw new ConflictError(
        `The golden path was at ${read.version} at that commit, not at ${version}.`,
      );
    }
    const environment = this.environmentOf(found);
    const made = await paths.render(read, inputs, environment, signal);
    const { tree } = found.owners;
    const adoption = adoptedTree({
      tree,
      template: { ref: templateRef, version, commit },
      inputs,
      environment: environmentIn(tree, made, environment),
      catalogInfo: found.catalogInfo,
      name: found.entity.metadata.name,
    });
    if (!adoption.isStated) {
      throw new ConflictError(
        `${found.catalogInfo} does not describe it, so that the catalog would not learn of it.`,
      );
    }
    return { ...adoption, title: read.title };
  }

  private environmentOf({ repository }: Found) {
    const { host, owner, url } = repository;
    return {
      gitHost: host,
      gitOwner: owner,
      gitUrl: new URL(url).origin,
      portalUrl: this.services.portalUrl,
    };
  }
}

/** @throws ConflictError where it is not for the whole repository */
function catalogFileOf(entity: Entity, repository: Repository): string {
  const annotation = entity.metadata.annotations?.[ANNOTATION_LOCATION] ?? '';
  const { type, target } = parseLocationRef(annotation);
  const { owner, name, filepath } = gitUrlParse(target);
  const isHere =
    type === 'url' &&
    new URL(target).host === repository.host &&
    `${owner}/${name}`.toLowerCase() ===
      `${repository.owner}/${repository.name}`.toLowerCase();
  if (!isHere) {
    throw new ConflictError(
      'The catalog has it from another place than its own repository.',
    );
  }
  if (gitUrlParse(repository.url).filepath.replace(/\/$/, '') !== '') {
    throw new ConflictError(
      'It is a folder of a larger repository: adopt it there with ./waymark adopt PATH.',
    );
  }
  return decodeURIComponent(filepath);
}
