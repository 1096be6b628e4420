import { AuthService } from '@backstage/backend-plugin-api';
import { Entity } from '@backstage/catalog-model';
import { ConflictError, NotFoundError } from '@backstage/errors';
import { ScmIntegrations } from '@backstage/integration';
import { TemplateEntityV1beta3 } from '@backstage/plugin-scaffolder-common';
import {
  compareVersions,
  parseScaffoldRecord,
  recordedCommit,
  SCAFFOLD_RECORD_PATH,
  ScaffoldRecord,
  scaffoldRecordSchema,
} from '@waymark/backstage-plugin-golden-paths-common';
import {
  answersFor,
  GivenAnswers,
  Question,
  Tree,
  Upgrade,
  upgradeSummary,
  upgradeTitle,
  upgradeTree,
} from '@waymark/backstage-plugin-golden-paths-node';
import {
  GithubClient,
  GithubClients,
  locate,
  Repository,
} from '@waymark/repositories';
import { z } from 'zod';
import { Engine } from '../engine';
import { OwnersRepository } from './OwnersRepository';
import { renderVersion } from './renderVersion';
import { TemplateVersion, TemplateVersions } from './TemplateVersions';

const repositorySchema = z.object({
  default_branch: z.string(),
  archived: z.boolean().default(false),
});

/** What a service could become. */
export type Offer = {
  repository: Repository;
  client: GithubClient;
  /** The default branch. */
  base: string;
  owners: OwnersRepository;
  templateRef: string;
  from: string;
  to: string;
} & (
  | { result: 'up-to-date' }
  /** What has to be answered before. */
  | { result: 'missing'; missing: Question[] }
  | { result: 'upgrade'; upgrade: Upgrade; title: string; summary: string }
);

/** What is asked of a service's golden path. */
export interface UpgradeWanted {
  /** To what only the new version asks. */
  answers: GivenAnswers;
  /** Who sees the template. */
  credentials: Parameters<Engine>[0]['credentials'];
  signal: AbortSignal;
  /** That the new version is read at; none: where its branch is now. */
  commit?: string;
}

/** Makes of a service what its golden path would make of it now. */
export class UpgradeMaker {
  constructor(
    private readonly services: {
      auth: AuthService;
      clients: GithubClients;
      engine: Engine;
      integrations: ScmIntegrations;
      versions: TemplateVersions;
      /** With the caller's eyes. */
      template(
        ref: string,
        credentials: Parameters<Engine>[0]['credentials'],
      ): Promise<TemplateEntityV1beta3 | undefined>;
    },
  ) {}

  /**
   * @param use - what is done with it, while the repository is at hand
   * @throws ConflictError in words for the owner where nothing can be offered
   */
  async make<T>(
    entity: Entity,
    wanted: UpgradeWanted,
    use: (offer: Offer) => Promise<T>,
  ): Promise<T> {
    const { clients } = this.services;
    const repository = this.repositoryOf(entity);
    const client = await clients.open(repository);
    const remote = await clients.remote(repository);
    const { branch: base } = await describe(client);
    return OwnersRepository.read(remote, base, async owners =>
      use(await this.offer({ repository, client, base, owners }, wanted)),
    );
  }

  private async offer(
    at: Pick<Offer, 'repository' | 'client' | 'base' | 'owners'>,
    { answers, credentials, signal, commit }: UpgradeWanted,
  ): Promise<Offer> {
    const { versions } = this.services;
    const { tree } = at.owners;
    const recorded = recordOf(tree);
    const template = await this.services.template(
      recorded.template.ref,
      credentials,
    );
    if (!template) {
      throw new NotFoundError(`There is no ${recorded.template.ref}`);
    }
    const next = commit
      ? await versions.read(template, commit, signal)
      : await versions.newest(template, signal);
    const place = {
      ...at,
      templateRef: recorded.template.ref,
      from: recorded.template.version,
      to: next.version,
    };
    if (compareVersions(next.version, recorded.template.version) <= 0) {
      return { ...place, result: 'up-to-date' };
    }
    const old = await this.recordedVersion(template, recorded, signal);
    const { inputs, added, missing } = answersFor(
      { old: old.template, next: next.template },
      recorded.inputs,
      answers,
    );
    if (missing.length > 0) return { ...place, result: 'missing', missing };
    const record = scaffoldRecordSchema.parse({
      ...recorded,
      template: {
        ...recorded.template,
        version: next.version,
        commit: next.commit,
      },
      inputs,
    });
    const [base, theirs] = await Promise.all([
      renderVersion(this.services, old, recorded, signal),
      renderVersion(this.services, next, record, signal),
    ]);
    const upgrade = await upgradeTree({
      recorded,
      next: record,
      base,
      theirs,
      ours: tree,
    });
    return {
      ...place,
      result: 'upgrade',
      upgrade,
      title: upgradeTitle(upgrade, next.title),
      summary: upgradeSummary(upgrade, {
        title: next.title,
        changelog: next.changelog,
        newInputs: added,
      }),
    };
  }

  private repositoryOf(entity: Entity): Repository {
    const place = locate(entity, this.services.integrations);
    if (!place) {
      throw new ConflictError('The catalog knows no repository of it.');
    }
    if ('problem' in place) throw new ConflictError(place.problem);
    return place;
  }

  private async recordedVersion(
    template: TemplateEntityV1beta3,
    recorded: ScaffoldRecord,
    signal: AbortSignal,
  ): Promise<TemplateVersion> {
    const { version } = recorded.template;
    const commit = recordedCommit(recorded);
    if (!commit) {
      throw new ConflictError(
        `${SCAFFOLD_RECORD_PATH} does not say at which commit the golden path was read: it was made before that was kept.`,
      );
    }
    const read = await this.services.versions.read(template, commit, signal);
    if (read.version !== version) {
      throw new ConflictError(
        `${SCAFFOLD_RECORD_PATH} says ${version}, and the golden path was ${read.version} at the commit that it names.`,
      );
    }
    return read;
  }
}

function recordOf(tree: Tree): ScaffoldRecord {
  const entry = tree.get(SCAFFOLD_RECORD_PATH);
  if (!entry || !entry.mode.startsWith('100') || !('content' in entry)) {
    throw new ConflictError(
      `There is no ${SCAFFOLD_RECORD_PATH} in the repository: no golden path made it, or it has left the path.`,
    );
  }
  return parseScaffoldRecord(entry.content.toString('utf8'));
}

async function describe(client: GithubClient): Promise<{ branch: string }> {
  const found = await client.find(repositorySchema, '');
  if (!found) {
    throw new ConflictError(
      'The repository is not there, or the portal may not read it.',
    );
  }
  if (found.archived) throw new ConflictError('The repository is archived.');
  return { branch: found.default_branch };
}
