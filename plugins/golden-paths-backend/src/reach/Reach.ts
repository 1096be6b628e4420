import {
  AuthService,
  BackstageCredentials,
} from '@backstage/backend-plugin-api';
import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import {
  ConflictError,
  NotFoundError,
  ServiceUnavailableError,
} from '@backstage/errors';
import { ScmIntegrations } from '@backstage/integration';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { isTemplateEntityV1beta3 } from '@backstage/plugin-scaffolder-common';
import {
  parseScaffoldRecord,
  ReachAnswer,
  ReachRequest,
  SCAFFOLD_RECORD_PATH,
  ScaffoldRecord,
  ServiceFact,
} from '@waymark/backstage-plugin-golden-paths-common';
import {
  answersFor,
  changesBetween,
  TreeEntry,
} from '@waymark/backstage-plugin-golden-paths-node';
import { GithubClients, locate } from '@waymark/repositories';
import pLimit from 'p-limit';
import { z } from 'zod';
import { Paths } from '../api/Paths';
import { Visibility } from '../api/Visibility';
import { Engine } from '../engine';
import { renderVersion } from '../upgrades/renderVersion';
import {
  placeOf,
  TemplateVersion,
  TemplateVersions,
} from '../upgrades/TemplateVersions';

/** Each question renders for many: one at a time, and few that wait. */
const AT_ONCE = 1;
const WAITING = 4;
/** Services that are looked at in parallel. */
const TOGETHER = 2;
const TIMEOUT_MS = 120_000;

const sha = z.string().regex(/^[0-9a-f]{40}$/);
const pullSchema = z.object({
  base: z.object({ sha }),
  head: z.object({ sha }),
});
const comparedSchema = z.object({ merge_base_commit: z.object({ sha }) });
const fileSchema = z.object({
  content: z.string(),
  encoding: z.literal('base64'),
});

type Item = ReachAnswer['items'][number];
type Sides = { base: TemplateVersion; head: TemplateVersion };

/** Says which services a pull request of a template would change, and in what. */
export class Reach {
  private readonly turn = pLimit(AT_ONCE);

  constructor(
    private readonly services: {
      auth: AuthService;
      catalog: CatalogService;
      clients: GithubClients;
      engine: Engine;
      integrations: ScmIntegrations;
      paths: Paths;
      versions: TemplateVersions;
      visibility: Visibility;
    },
  ) {}

  /**
   * @throws NotFoundError where the caller may not see the template, or there is
   * no such pull request; ConflictError where the template cannot be read there;
   * ServiceUnavailableError where too many ask
   */
  async of(
    request: ReachRequest,
    credentials: BackstageCredentials,
  ): Promise<ReachAnswer> {
    const templateRef = stringifyEntityRef(parseEntityRef(request.templateRef));
    const entity = await this.services.visibility.see(templateRef, credentials);
    if (!isTemplateEntityV1beta3(entity)) {
      throw new NotFoundError(`There is no ${templateRef}`);
    }
    const { activeCount, pendingCount } = this.turn;
    if (activeCount + pendingCount >= AT_ONCE + WAITING) {
      throw new ServiceUnavailableError(
        'Too many such questions are being answered. Try again in a moment.',
      );
    }
    const { services } = await this.services.paths.facts(credentials);
    const all = services
      .filter(one => !one.isGone && one.template === templateRef)
      .sort((a, b) => (a.entityRef < b.entityRef ? -1 : 1));
    return this.turn(async () => {
      const signal = AbortSignal.timeout(TIMEOUT_MS);
      const sides = await this.sides(entity, request.pullRequest, signal);
      const chosen = spread(all, request.limit);
      const together = pLimit(TOGETHER);
      const items = await Promise.all(
        chosen.map(one => together(() => this.item(one, sides, signal))),
      );
      return {
        templateRef,
        pullRequest: request.pullRequest,
        base: sideOf(sides.base),
        head: sideOf(sides.head),
        services: all.length,
        ...summaryOf(items),
        items,
      };
    });
  }

  private async sides(
    entity: Parameters<TemplateVersions['read']>[0],
    number: number,
    signal: AbortSignal,
  ): Promise<Sides> {
    const { clients, versions } = this.services;
    const { host, owner, name, url } = placeOf(entity);
    const client = await clients.open({
      url,
      host,
      owner,
      name,
      type: 'github',
    });
    const pull = await client.find(pullSchema, `/pulls/${number}`);
    if (!pull) {
      throw new NotFoundError(
        `There is no pull request ${number} in ${owner}/${name}`,
      );
    }
    // What the branch got meanwhile is none of the pull request's.
    const compared = await client.find(
      comparedSchema,
      `/compare/${pull.base.sha}...${pull.head.sha}`,
    );
    const from = compared?.merge_base_commit.sha ?? pull.base.sha;
    const [base, head] = await Promise.all([
      versions.read(entity, from, signal),
      versions.read(entity, pull.head.sha, signal),
    ]);
    return { base, head };
  }

  private async item(
    service: ServiceFact,
    sides: Sides,
    signal: AbortSignal,
  ): Promise<Item> {
    const { entityRef, title = null } = service;
    try {
      const record = await this.recordOf(entityRef);
      const changes = await this.changes(record, sides, signal);
      const result = changes.length > 0 ? 'reached' : 'unchanged';
      return { entityRef, title, result, changes, why: null };
    } catch (error) {
      if (signal.aborted) {
        throw new ServiceUnavailableError(
          `It takes longer than ${
            TIMEOUT_MS / 1000
          } seconds. Ask for fewer services.`,
        );
      }
      const why = (error as Error).message.slice(0, 500);
      return { entityRef, title, result: 'blocked', changes: [], why };
    }
  }

  private async changes(
    record: ScaffoldRecord,
    { base, head }: Sides,
    signal: AbortSignal,
  ): Promise<Item['changes']> {
    const answers = answersFor(
      { old: base.template, next: head.template },
      record.inputs,
      {},
    );
    if (answers.missing.length > 0) {
      const asked = answers.missing.map(({ title }) => title).join(', ');
      throw new ConflictError(
        `It asks what has no default and was not answered: ${asked}`,
      );
    }
    const inputs = answers.inputs as ScaffoldRecord['inputs'];
    const [before, after] = await Promise.all([
      renderVersion(this.services, base, record, signal),
      renderVersion(this.services, head, { ...record, inputs }, signal),
    ]);
    return changesBetween(before, after).filter(
      ({ path }) =>
        path !== SCAFFOLD_RECORD_PATH &&
        !isStampOnly(before.get(path), after.get(path), {
          from: base.version,
          to: head.version,
        }),
    );
  }

  /** As the repository has it, which is read with the portal's rights. */
  private async recordOf(entityRef: string): Promise<ScaffoldRecord> {
    const { auth, catalog, clients, integrations } = this.services;
    const credentials = await auth.getOwnServiceCredentials();
    const entity = await catalog.getEntityByRef(entityRef, { credentials });
    const place = entity && locate(entity, integrations);
    if (!place)
      throw new ConflictError('The catalog knows no repository of it.');
    if ('problem' in place) throw new ConflictError(place.problem);
    const client = await clients.open(place);
    const ref = place.branch ? `?ref=${encodeURIComponent(place.branch)}` : '';
    const file = await client.find(
      fileSchema,
      `/contents/${SCAFFOLD_RECORD_PATH}${ref}`,
    );
    if (!file) {
      throw new ConflictError(
        `There is no ${SCAFFOLD_RECORD_PATH} in its repository.`,
      );
    }
    return parseScaffoldRecord(
      Buffer.from(file.content, 'base64').toString('utf8'),
    );
  }
}

/** So many of all, evenly spread over their order. */
export function spread<T>(all: readonly T[], most: number): T[] {
  if (all.length <= most) return [...all];
  return Array.from(
    { length: most },
    (_, index) => all[Math.floor((index * all.length) / most)],
  );
}

function sideOf({ version, commit }: TemplateVersion) {
  return { version, commit };
}

/** Whether nothing but the version that made it is another. */
function isStampOnly(
  was: TreeEntry | undefined,
  is: TreeEntry | undefined,
  { from, to }: { from: string; to: string },
): boolean {
  if (!was || !is || was.mode !== is.mode) return false;
  if (!('content' in was) || !('content' in is)) return false;
  return (
    is.content.toString('latin1').replaceAll(to, from) ===
    was.content.toString('latin1')
  );
}

function summaryOf(items: readonly Item[]) {
  const count = (result: Item['result']) =>
    items.filter(one => one.result === result).length;
  const files = new Map<string, ReachAnswer['files'][number]>();
  for (const { path, kind } of items.flatMap(({ changes }) => changes)) {
    const key = `${kind} ${path}`;
    const services = (files.get(key)?.services ?? 0) + 1;
    files.set(key, { path, kind, services });
  }
  return {
    looked: items.length,
    reached: count('reached'),
    unchanged: count('unchanged'),
    blocked: count('blocked'),
    files: [...files.values()].sort(
      (a, b) => b.services - a.services || (a.path < b.path ? -1 : 1),
    ),
  };
}
