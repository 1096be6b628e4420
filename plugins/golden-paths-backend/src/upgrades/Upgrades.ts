import {
  AuditorService,
  AuthService,
  BackstageCredentials,
  BackstageUserPrincipal,
  UserInfoService,
} from '@backstage/backend-plugin-api';
import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import {
  ConflictError,
  NotFoundError,
  ServiceUnavailableError,
} from '@backstage/errors';
import { CatalogService } from '@backstage/plugin-catalog-node';
import {
  NewInputs,
  OpenedUpgrade,
  UpgradePreview,
  UpgradeRequest,
  UpgradesQuery,
} from '@waymark/backstage-plugin-golden-paths-common';
import {
  findOpen,
  keyOf,
  openPullRequest,
  requireOwner,
} from '@waymark/repositories';
import { Request } from 'express';
import pLimit from 'p-limit';
import { Sight } from '../api/Visibility';
import { Offer, UpgradeMaker } from './UpgradeMaker';
import { StoredUpgrade, toOpened, UpgradeStore } from './UpgradeStore';

const LABELS = ['waymark', 'golden-path'];
/** Each renders two versions and holds three trees. */
const AT_ONCE = 3;
const WAITING = 20;
const TIMEOUT_MS = 120_000;

/** A person, and what they ask. */
export interface Caller {
  credentials: BackstageCredentials<BackstageUserPrincipal>;
  request: Request;
}

/** An upgrade that somebody asked for who may change everything. */
export interface Ordered {
  entityRef: string;
  /** Of the template's repository, that the version is read at. */
  commit: string;
  /** For what the service has not answered. */
  otherwise: NewInputs;
  by: string;
  /** Why, in Markdown; the last words of the pull request. */
  note: string;
}

/** What became of it. */
export type OrderedResult =
  | { result: 'opened'; upgrade: OpenedUpgrade }
  | Extract<Offer, { result: 'up-to-date' | 'missing' }>;

/** Brings services to the newest version of their golden path, by pull request. */
export class Upgrades {
  private readonly turn = pLimit(AT_ONCE);

  constructor(
    private readonly services: {
      auditor: AuditorService;
      auth: AuthService;
      catalog: CatalogService;
      maker: UpgradeMaker;
      /** Owns nothing and may upgrade everything. */
      platformTeam: string;
      /** Of the portal, for links in pull requests. */
      portalUrl: string;
      store: UpgradeStore;
      userInfo: UserInfoService;
    },
  ) {}

  /**
   * What a pull request would change.
   *
   * @throws NotFoundError for what the caller may not see; NotAllowedError for what
   * is not theirs; ConflictError where nothing can be offered
   */
  async preview(
    request: UpgradeRequest,
    caller: Caller,
  ): Promise<UpgradePreview> {
    return this.audited('upgrade-preview', 'low', request, caller, () =>
      this.offer(request, caller, offer =>
        this.previewOf(offer, request.entityRef, userOf(caller)),
      ),
    );
  }

  private async previewOf(
    offer: Offer,
    entityRef: string,
    requestedBy: string,
  ): Promise<UpgradePreview> {
    const { templateRef, from, to, result, client, base } = offer;
    const open = await findOpen(client, branchOf(entityRef), base);
    const about = { entityRef, templateRef, from, to, result };
    const none = { missing: [], changes: [], conflicts: [] };
    const texts = { title: '', description: '' };
    const pullRequestUrl = open?.url ?? null;
    if (offer.result === 'upgrade') {
      const { changes, conflicts } = offer.upgrade;
      return {
        ...about,
        ...none,
        changes,
        conflicts,
        title: offer.title,
        description: this.bodyOf(offer, requestedBy),
        pullRequestUrl,
      };
    }
    const missing = offer.result === 'missing' ? offer.missing : [];
    return {
      ...about,
      ...none,
      missing: missing.map(({ name, title, type }) => ({
        name,
        title,
        type,
      })),
      ...texts,
      pullRequestUrl,
    };
  }

  /**
   * Opens it, or brings the one that is open up to date.
   *
   * @throws as {@link Upgrades.preview} does
   */
  async create(
    request: UpgradeRequest,
    caller: Caller,
  ): Promise<OpenedUpgrade> {
    return this.audited('upgrade-create', 'medium', request, caller, () =>
      this.offer(request, caller, async offer => {
        if (offer.result === 'up-to-date') {
          throw new ConflictError(
            `It is at ${offer.from}, which is the newest: there is nothing to upgrade.`,
          );
        }
        if (offer.result === 'missing') {
          const names = offer.missing.map(({ title }) => title).join(', ');
          throw new ConflictError(
            `Version ${offer.to} asks what was not asked before: ${names}. Answer that first.`,
          );
        }
        return this.open(offer, request.entityRef, userOf(caller));
      }),
    );
  }

  /**
   * Opens it, or brings the one that is open up to date, with the portal's rights.
   *
   * @throws NotFoundError, ConflictError and InputError in words for people
   */
  async order(ordered: Ordered, signal: AbortSignal): Promise<OrderedResult> {
    const { auth, catalog, maker } = this.services;
    const { entityRef, commit, otherwise, by, note } = ordered;
    const credentials = await auth.getOwnServiceCredentials();
    const entity = await catalog.getEntityByRef(entityRef, { credentials });
    if (!entity) throw new NotFoundError('The catalog has it no longer.');
    return this.turn(() =>
      maker.make<OrderedResult>(
        entity,
        {
          answers: { otherwise },
          credentials,
          signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]),
          commit,
        },
        async offer => {
          if (offer.result !== 'upgrade') return offer;
          const upgrade = await this.open(offer, entityRef, by, note);
          return { result: 'opened', upgrade };
        },
      ),
    );
  }

  /** Those of components that the caller may see. */
  async list(query: UpgradesQuery, sees: Sight): Promise<OpenedUpgrade[]> {
    const all = await this.services.store.list(query);
    return all.filter(({ entityRef }) => sees(entityRef)).map(toOpened);
  }

  private async open(
    offer: Extract<Offer, { result: 'upgrade' }>,
    entityRef: string,
    requestedBy: string,
    note = '',
  ): Promise<OpenedUpgrade> {
    const { client, base, owners, repository, title, upgrade } = offer;
    const branch = branchOf(entityRef);
    const mark = `Waymark-Upgrade: ${entityRef}`;
    const { number, url } = await openPullRequest(client, {
      branch,
      base,
      title,
      body: `${this.bodyOf(offer, requestedBy)}${note && `\n${note}`}`,
      mark,
      labels: LABELS,
      push: before =>
        owners.push(upgrade, {
          branch,
          before,
          message: `${title}\n\n${mark}\n`,
        }),
    });
    const opened: StoredUpgrade = {
      repository: keyOf(repository),
      number,
      entityRef,
      templateRef: offer.templateRef,
      from: offer.from,
      to: offer.to,
      conflicts: upgrade.conflicts.length,
      pullRequestUrl: url,
      state: 'open',
      requestedBy,
      requestedAt: new Date().toISOString(),
    };
    await this.services.store.save(opened);
    return toOpened(opened);
  }

  private async offer<T>(
    { entityRef, inputs }: UpgradeRequest,
    { credentials }: Caller,
    use: (offer: Offer) => Promise<T>,
  ): Promise<T> {
    const entity = await requireOwner(
      this.services,
      entityRef,
      credentials,
      'upgrade it',
    );
    const { activeCount, pendingCount } = this.turn;
    if (activeCount + pendingCount >= AT_ONCE + WAITING) {
      throw new ServiceUnavailableError(
        'Too many upgrades are being made. Try again in a moment.',
      );
    }
    return this.turn(() =>
      this.services.maker.make(
        entity,
        {
          answers: { given: inputs },
          credentials,
          signal: AbortSignal.timeout(TIMEOUT_MS),
        },
        use,
      ),
    );
  }

  private bodyOf(
    offer: Extract<Offer, { result: 'upgrade' }>,
    requestedBy: string,
  ): string {
    const { portalUrl } = this.services;
    const { kind, namespace, name } = parseEntityRef(requestedBy);
    return `${offer.summary}\nAsked for by [${name}](${portalUrl}/catalog/${namespace}/${kind}/${name}).\n`;
  }

  private async audited<T>(
    eventId: string,
    severityLevel: 'low' | 'medium',
    { entityRef }: UpgradeRequest,
    { request }: Caller,
    work: () => Promise<T>,
  ): Promise<T> {
    const event = await this.services.auditor.createEvent({
      eventId,
      severityLevel,
      request,
      meta: { entityRef },
    });
    try {
      const done = await work();
      await event.success();
      return done;
    } catch (error) {
      await event.fail({ error: error as Error });
      throw error;
    }
  }
}

function userOf({ credentials }: Caller): string {
  return credentials.principal.userEntityRef;
}

/** One of its own for each component of a repository. */
function branchOf(entityRef: string): string {
  return `waymark/upgrade-${parseEntityRef(entityRef).name}`;
}

/** As the catalog writes it. */
export function refOf(text: string): string {
  return stringifyEntityRef(parseEntityRef(text));
}
