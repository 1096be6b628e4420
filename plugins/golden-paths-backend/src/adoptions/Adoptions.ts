import { AuditorService, UserInfoService } from '@backstage/backend-plugin-api';
import { parseEntityRef } from '@backstage/catalog-model';
import { ServiceUnavailableError } from '@backstage/errors';
import { CatalogService } from '@backstage/plugin-catalog-node';
import {
  ADOPTION_FLOOR,
  AdoptionPreview,
  AdoptionPreviewRequest,
  AdoptionRequest,
  AdoptionsQuery,
  OpenedAdoption,
} from '@waymark/backstage-plugin-golden-paths-common';
import { Candidate } from '@waymark/backstage-plugin-golden-paths-node';
import {
  findOpen,
  keyOf,
  openPullRequest,
  requireOwner,
} from '@waymark/repositories';
import pLimit from 'p-limit';
import { Sight } from '../api/Visibility';
import { Caller } from '../upgrades/Upgrades';
import { AdoptionMaker, Chosen, Found } from './AdoptionMaker';
import { AdoptionStore } from './AdoptionStore';

const LABELS = ['waymark', 'golden-path'];
/** Each renders a few dozen times. */
const AT_ONCE = 2;
const WAITING = 10;
const TIMEOUT_MS = 180_000;

/** Puts components on the golden path that they look like, by pull request. */
export class Adoptions {
  private readonly turn = pLimit(AT_ONCE);

  constructor(
    private readonly services: {
      auditor: AuditorService;
      catalog: CatalogService;
      maker: AdoptionMaker;
      /** Owns nothing and may adopt everything. */
      platformTeam: string;
      portalUrl: string;
      store: AdoptionStore;
      userInfo: UserInfoService;
    },
  ) {}

  /**
   * What it looks like, or what a choice would write.
   *
   * @throws NotFoundError for what the caller may not see; NotAllowedError for what
   * is not theirs; ConflictError where it cannot be adopted
   */
  async preview(
    { entityRef, chosen }: AdoptionPreviewRequest,
    caller: Caller,
  ): Promise<AdoptionPreview> {
    return this.audited('adoption-preview', entityRef, caller, signal =>
      this.find(entityRef, caller, async found => {
        const { maker } = this.services;
        const { credentials } = caller;
        const { client, base } = found;
        const open = await findOpen(client, branchOf(entityRef), base);
        const candidates = chosen
          ? []
          : await maker.infer(found, credentials, signal);
        const near = candidates.find(isNear);
        const choice = chosen ?? choiceOf(near);
        const { files } = choice
          ? await maker.write(found, choice, credentials, signal)
          : { files: [] };
        return {
          entityRef,
          candidates: candidates.map(toAnswer),
          suggested: near?.path.ref ?? null,
          files,
          pullRequestUrl: open?.url ?? null,
        };
      }),
    );
  }

  /**
   * Opens the pull request, or brings the one that is open up to date.
   *
   * @throws as {@link Adoptions.preview} does
   */
  async create(
    { entityRef, ...chosen }: AdoptionRequest,
    caller: Caller,
  ): Promise<OpenedAdoption> {
    return this.audited('adoption-create', entityRef, caller, signal =>
      this.find(entityRef, caller, found =>
        this.open(found, entityRef, chosen, caller, signal),
      ),
    );
  }

  /** Those of components that the caller may see. */
  async list(query: AdoptionsQuery, sees: Sight): Promise<OpenedAdoption[]> {
    const all = await this.services.store.list(query);
    return all.filter(({ entityRef }) => sees(entityRef));
  }

  private async open(
    found: Found,
    entityRef: string,
    chosen: Chosen,
    { credentials }: Caller,
    signal: AbortSignal,
  ): Promise<OpenedAdoption> {
    const { client, base, owners, repository } = found;
    const { maker, store } = this.services;
    const adoption = await maker.write(found, chosen, credentials, signal);
    const branch = branchOf(entityRef);
    const mark = `Waymark-Adoption: ${entityRef}`;
    const title = `Adopt the golden path ${adoption.title} ${chosen.version}`;
    const { userEntityRef } = credentials.principal;
    const { number, url } = await openPullRequest(client, {
      branch,
      base,
      title,
      body: this.bodyOf(adoption.title, chosen, userEntityRef),
      mark,
      labels: LABELS,
      push: before =>
        owners.push(adoption, {
          branch,
          before,
          message: `${title}\n\n${mark}\n`,
        }),
    });
    const opened: OpenedAdoption = {
      entityRef,
      templateRef: chosen.templateRef,
      version: chosen.version,
      pullRequestUrl: url,
      number,
      state: 'open',
      requestedBy: userEntityRef,
      requestedAt: new Date().toISOString(),
    };
    await store.save({ ...opened, repository: keyOf(repository) });
    return opened;
  }

  private async find<T>(
    entityRef: string,
    { credentials }: Caller,
    use: (found: Found) => Promise<T>,
  ): Promise<T> {
    const entity = await requireOwner(
      this.services,
      entityRef,
      credentials,
      'put it on a golden path',
    );
    return this.services.maker.find(entity, use);
  }

  private bodyOf(title: string, { version }: Chosen, userRef: string): string {
    const { portalUrl } = this.services;
    const { kind, namespace, name } = parseEntityRef(userRef);
    return [
      `This repository looks like the golden path ${title} at version ${version}. This writes that down, and changes no code:`,
      '',
      '- `.waymark/scaffold.yaml` says which version with which answers it is compared with. Please read the answers: an upgrade renders the golden path with them.',
      '- the catalog file names the golden path, so that the portal shows how far behind it is.',
      '',
      'Once it is merged, newer versions can be offered as pull requests that leave your own work alone. To leave the path again, revert this.',
      '',
      `Asked for by [${name}](${portalUrl}/catalog/${namespace}/${kind}/${name}).`,
      '',
    ].join('\n');
  }

  private async audited<T>(
    eventId: 'adoption-preview' | 'adoption-create',
    entityRef: string,
    { request }: Caller,
    work: (signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    const event = await this.services.auditor.createEvent({
      eventId,
      severityLevel: eventId === 'adoption-create' ? 'medium' : 'low',
      request,
      meta: { entityRef },
    });
    try {
      const { activeCount, pendingCount } = this.turn;
      if (activeCount + pendingCount >= AT_ONCE + WAITING) {
        throw new ServiceUnavailableError(
          'Too many repositories are being looked at. Try again in a moment.',
        );
      }
      const done = await this.turn(() => work(AbortSignal.timeout(TIMEOUT_MS)));
      await event.success();
      return done;
    } catch (error) {
      await event.fail({ error: error as Error });
      throw error;
    }
  }
}

function isNear({ confidence }: Candidate): boolean {
  return confidence >= ADOPTION_FLOOR;
}

/** Undefined where something has to be answered first. */
function choiceOf(candidate: Candidate | undefined): Chosen | undefined {
  if (!candidate) return undefined;
  const { answers, inputs, path, version } = candidate;
  const isWhole = answers.every(
    ({ field, value }) => !field.required || value !== undefined,
  );
  return isWhole
    ? {
        templateRef: path.ref,
        version: version.version,
        commit: version.commit,
        inputs,
      }
    : undefined;
}

function toAnswer(candidate: Candidate): AdoptionPreview['candidates'][number] {
  const { path, version, answers, confidence, evidence, files } = candidate;
  return {
    templateRef: path.ref,
    title: path.title,
    version: version.version,
    commit: version.commit,
    newest: path.newest.version,
    confidence,
    evidence,
    answers: answers.map(({ field, value, from, isTold }) => ({
      name: field.name,
      title: field.title,
      type: field.type,
      required: field.required,
      options:
        field.options?.map((option, index) => ({
          value: option,
          label: field.labels?.[index] ?? String(option),
        })) ?? null,
      value: value ?? null,
      from,
      told: isTold,
    })),
    files: files.map(file => ({ ...file, at: file.at ?? null })),
  };
}

/** One of its own for each component of a repository. */
function branchOf(entityRef: string): string {
  return `waymark/adopt-${parseEntityRef(entityRef).name}`;
}
