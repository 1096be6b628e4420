import {
  AuditorService,
  LoggerService,
  UserInfoService,
} from '@backstage/backend-plugin-api';
import {
  Entity,
  parseEntityRef,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import { ScmIntegrations } from '@backstage/integration';
import { CatalogService } from '@backstage/plugin-catalog-node';
import {
  FixPreview,
  FixRequest,
  OpenedFix,
} from '@waymark/backstage-plugin-compliance-common';
import { Caller } from '../exemptions/Exemptions';
import { Visible } from '../visible';
import { FixFilter, FixStore, StoredFix } from './FixStore';
import { FixMaker, markOf, Offer } from './FixMaker';
import {
  findOpen,
  keyOf,
  openPullRequest,
  requireOwner,
  stateOf,
} from '@waymark/repositories';
import { pushFiles } from './git/pushFiles';
import { pullRequestText } from './pullRequestText';

const LABELS = ['waymark', 'compliance'];
/** A state that was heard this long ago is asked for again. */
const STALE_SECONDS = 60;

/** Pull requests that mend what rules found. */
export class Fixes {
  constructor(
    private readonly services: {
      auditor: AuditorService;
      catalog: CatalogService;
      fixes: FixStore;
      integrations: ScmIntegrations;
      logger: LoggerService;
      maker: FixMaker;
      /** Owns nothing and may mend everything. */
      platformTeam: string;
      /** Of the portal, for links in pull requests. */
      portalUrl: string;
      userInfo: UserInfoService;
      /** How many components have their files in a repository. */
      sharing(repository: string): Promise<number>;
    },
  ) {}

  /**
   * What a pull request would change.
   *
   * @throws NotFoundError for what the caller may not see; NotAllowedError for
   * what is not theirs; ConflictError where nothing can be offered
   */
  async preview(request: FixRequest, caller: Caller): Promise<FixPreview> {
    return this.audited('fix-preview', 'low', request, caller, async () => {
      const offer = await this.offer(request, caller);
      const branch = await this.branchOf(offer);
      const open = await findOpen(offer.client, branch, offer.base.branch);
      const { before, files, inputs, passes, remaining } = offer;
      return {
        title: offer.title,
        description: this.bodyOf(offer, caller),
        files: [...files].map(([path, after]) => ({
          path,
          ...(before.has(path) && { before: before.get(path)! }),
          after,
        })),
        passes,
        ...(remaining.length > 0 && { remaining }),
        ...(inputs?.length && { inputs }),
        ...(open && { pullRequestUrl: open.url }),
      };
    });
  }

  /**
   * Opens it, or brings the one that is open up to date.
   *
   * @throws as {@link Fixes.preview} does
   */
  async create(request: FixRequest, caller: Caller): Promise<OpenedFix> {
    return this.audited('fix-create', 'medium', request, caller, async () => {
      const offer = await this.offer(request, caller);
      const branch = await this.branchOf(offer);
      const { number, url } = await openPullRequest(offer.client, {
        branch,
        base: offer.base.branch,
        title: offer.title,
        body: this.bodyOf(offer, caller),
        mark: markOf(offer),
        labels: LABELS,
        push: before =>
          pushFiles(
            offer.client,
            {
              branch,
              base: offer.base.commit,
              files: offer.files,
              modes: offer.modes,
              message: `${offer.title}\n\n${markOf(offer)}`,
            },
            before,
          ),
      });
      const fix: StoredFix = {
        repository: keyOf(offer.repository),
        number,
        branch,
        pullRequestUrl: url,
        entityRef: stringifyEntityRef(offer.entity),
        rule: offer.rule.id,
        state: 'open',
        requestedBy: caller.credentials.principal.userEntityRef,
        requestedAt: new Date().toISOString(),
      };
      await this.services.fixes.save(fix);
      return toOpened(fix);
    });
  }

  /** Those of components that the caller may see. */
  async list(filter: FixFilter, visible: Visible): Promise<OpenedFix[]> {
    const { fixes } = this.services;
    if (filter.entityRef) await this.follow(filter.entityRef);
    const all = await fixes.list(filter);
    const seen = visible === 'all' ? undefined : new Set(visible);
    return all
      .filter(({ entityRef }) => !seen || seen.has(entityRef))
      .map(toOpened);
  }

  /** Asks about what no event told of; what is known stays without an answer. */
  private async follow(entityRef: string): Promise<void> {
    const { fixes, integrations, logger, maker } = this.services;
    const stale = await fixes.stale(entityRef, STALE_SECONDS);
    await Promise.all(
      stale.map(async ({ repository, number, pullRequestUrl }) => {
        try {
          const [host, owner, name] = repository.split('/');
          const url = pullRequestUrl.replace(/\/pull\/\d+$/, '');
          const type = integrations.byUrl(url)?.type ?? '';
          const client = await maker.open({ url, host, owner, name, type });
          const state = (await stateOf(client, number)) ?? 'closed';
          await fixes.setState(repository, number, state);
        } catch (error) {
          logger.warn(`${pullRequestUrl} was not looked at`, error as Error);
        }
      }),
    );
  }

  private async offer(request: FixRequest, caller: Caller): Promise<Offer> {
    const entity = await this.ownEntity(request.entityRef, caller);
    return this.services.maker.make(entity, request, caller.credentials);
  }

  private async ownEntity(
    entityRef: string,
    { credentials }: Caller,
  ): Promise<Entity> {
    return requireOwner(this.services, entityRef, credentials, 'mend it');
  }

  /** One of its own for each component of a repository. */
  private async branchOf({ entity, repository, rule }: Offer): Promise<string> {
    const { fixes, sharing } = this.services;
    const entityRef = stringifyEntityRef(entity);
    const [open] = (await fixes.list({ entityRef, state: 'open' })).filter(
      fix => fix.rule === rule.id,
    );
    if (open) return open.branch;
    const alone = (await sharing(keyOf(repository))) <= 1;
    const { name } = parseEntityRef(entityRef);
    return alone ? `waymark/${rule.id}` : `waymark/${rule.id}-${name}`;
  }

  private bodyOf(offer: Offer, { credentials }: Caller): string {
    return pullRequestText({
      ...offer,
      requestedBy: credentials.principal.userEntityRef,
      portalUrl: this.services.portalUrl,
    });
  }

  private async audited<T>(
    eventId: string,
    severityLevel: 'low' | 'medium',
    { entityRef, rule }: FixRequest,
    { request }: Caller,
    work: () => Promise<T>,
  ): Promise<T> {
    const event = await this.services.auditor.createEvent({
      eventId,
      severityLevel,
      request,
      meta: { entityRef, rule },
    });
    try {
      const done = await work();
      const { pullRequestUrl } = done as { pullRequestUrl?: string };
      await event.success({
        ...(pullRequestUrl && { meta: { pullRequestUrl } }),
      });
      return done;
    } catch (error) {
      await event.fail({ error: error as Error });
      throw error;
    }
  }
}

function toOpened({ repository: _, branch: __, ...fix }: StoredFix): OpenedFix {
  return fix;
}
