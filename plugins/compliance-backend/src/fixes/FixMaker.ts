import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { Entity, stringifyEntityRef } from '@backstage/catalog-model';
import { ConflictError, InputError, NotFoundError } from '@backstage/errors';
import { ScmIntegrations } from '@backstage/integration';
import { CatalogService } from '@backstage/plugin-catalog-node';
import {
  FixPreview,
  FixRequest,
  Rule,
  RuleIndex,
} from '@waymark/backstage-plugin-compliance-common';
import { PolicyEngine } from '@waymark/backstage-plugin-compliance-node';
import { z } from 'zod';
import { readCatalogFacts } from '../facts/collectors/catalogFacts';
import { FixCase, Proposal } from './Fix';
import {
  GithubClient,
  GithubClients,
  locate,
  Repository,
} from '@waymark/repositories';
import { Modes, safeModes } from './git/safePaths';
import { ownerOf, presetsOf } from './known';
import { FIXES } from './registry';
import { Asked, ask, refuseSecrets, withDocument } from './verify';
import {
  catalogFileOf,
  folderOf,
  TreeServices,
  WorkingTree,
} from './WorkingTree';

const repositorySchema = z.object({
  default_branch: z.string(),
  archived: z.boolean().default(false),
  html_url: z.url(),
});

/** A change that can be offered, and where it would go. */
export interface Offer {
  rule: Rule;
  entity: Entity;
  repository: Repository;
  client: GithubClient;
  base: { branch: string; commit: string };
  /** New text by path below the repository's root. */
  files: ReadonlyMap<string, string>;
  modes: Modes;
  title: string;
  passes: boolean;
  remaining: string[];
  notes: readonly string[];
  inputs: FixPreview['inputs'];
  /** Of the files that are there. */
  before: ReadonlyMap<string, string>;
}

/** Makes of a component and a rule a change that the rules were asked about. */
export class FixMaker {
  private readonly clients: GithubClients;

  constructor(
    private readonly services: TreeServices & {
      catalog: CatalogService;
      engine: PolicyEngine;
      index: RuleIndex;
      integrations: ScmIntegrations;
    },
  ) {
    this.clients = new GithubClients(services.integrations);
  }

  /** @throws ConflictError that says why nothing can be offered */
  async make(
    entity: Entity,
    { rule: id, inputs = {} }: FixRequest,
    credentials: BackstageCredentials,
  ): Promise<Offer> {
    const { catalog, engine, index, integrations } = this.services;
    const rule = index.rules.find(one => one.id === id);
    if (!rule) throw new NotFoundError(`There is no rule ${id}`);
    const fix = FIXES.get(rule.pullRequest ?? '');
    if (!fix) throw new ConflictError('Nothing mends this by itself.');

    refuseUnknownInputs(inputs);
    const place = locate(entity, integrations);
    if (!place) throw new ConflictError('The component has no repository.');
    if ('problem' in place) throw new ConflictError(place.problem);
    const client = await this.clients.open(place);
    const catalogFile = catalogFileOf(entity, place);
    const { branch, url } = await defaultBranch(client, place);
    const tree = await WorkingTree.read(this.services, place);
    const catalogFacts = await readCatalogFacts(catalog, credentials, entity);
    const asked = await ask(
      engine,
      rule,
      { catalog: catalogFacts, ...tree.facts },
      tree.errors,
    );
    refuseUnlessFails(asked);

    const { files } = tree;
    const folder = folderOf(place);
    const owner = await ownerOf(catalog, credentials, {
      said: inputs.owner,
      files,
    });
    const about: FixCase = {
      entity,
      facts: {
        apiVersion: 'waymark.dev/v1',
        kind: 'Facts',
        catalog: catalogFacts,
        ...tree.facts,
      },
      denials: asked.denials,
      files,
      inputs,
      known: {
        fileUrl: path =>
          `${url}/blob/${branch}/${encodeURI(`${folder}${path}`)}`,
        catalogFile,
        isWholeRepository: folder === '',
        organisation: place.owner,
        ...(owner && { owner }),
        presets:
          rule.pullRequest === 'dependency-updates'
            ? await presetsOf(client)
            : new Set(),
      },
    };
    const { proposal, after } = await this.best(fix.propose(about), {
      tree,
      rule,
      about,
      asked,
    });
    refuseSecrets(after, [...proposal.files.keys(), ...(proposal.from ?? [])]);
    const written = new Map<string, string>();
    const before = new Map<string, string>();
    for (const [path, text] of proposal.files) {
      written.set(`${folder}${path}`, await tree.asWritten(path, text));
      const old = files.text(path);
      if (old !== undefined) before.set(`${folder}${path}`, old);
    }
    const { outcome, findings, reason } = after.verdict;
    return {
      rule,
      entity,
      repository: place,
      client,
      base: { branch, commit: tree.commit },
      files: written,
      before,
      modes: await safeModes(client, tree.commit, written),
      title: fix.title(entity.metadata.name),
      passes: outcome === 'pass',
      remaining:
        outcome === 'pass'
          ? []
          : [...findings.map(({ message }) => message), reason ?? ''].filter(
              Boolean,
            ),
      notes: proposal.notes,
      inputs: proposal.inputs,
    };
  }

  /** A client for what was opened before. */
  open(repository: Repository): Promise<GithubClient> {
    return this.clients.open(repository);
  }

  /** The first that the rule passes, or else the one that leaves least. */
  private async best(
    proposals: readonly Proposal[],
    {
      tree,
      rule,
      about,
      asked,
    }: { tree: WorkingTree; rule: Rule; about: FixCase; asked: Asked },
  ): Promise<{ proposal: Proposal; after: Asked }> {
    let best: { proposal: Proposal; after: Asked } | undefined;
    for (const proposal of proposals) {
      const after = await this.askAfter(proposal, tree, rule, about);
      const { outcome, findings } = after.verdict;
      if (outcome === 'pass') return { proposal, after };
      const limit = best?.after ?? asked;
      const isBetter =
        outcome === 'fail' && findings.length < limit.verdict.findings.length;
      if (isBetter) best = { proposal, after };
    }
    if (best) return best;
    throw new ConflictError(
      'Nothing that could be written by itself would make the rule pass.',
    );
  }

  private async askAfter(
    proposal: Proposal,
    tree: WorkingTree,
    rule: Rule,
    { entity, facts, known }: FixCase,
  ): Promise<Asked> {
    const after = await tree.with(proposal.files, rule.input === 'manifest');
    const written = after.facts.repository?.files.find(
      ({ path }) => path === known.catalogFile && proposal.files.has(path),
    );
    const own = (written?.documents ?? []).find(
      document =>
        (document as Entity | null)?.kind === entity.kind &&
        (document as Entity).metadata?.name === entity.metadata.name,
    );
    const catalog = {
      ...facts.catalog!,
      entity: withDocument(facts.catalog!.entity as Entity, own),
    };
    return ask(
      this.services.engine,
      rule,
      { catalog, ...after.facts },
      after.errors,
    );
  }
}

function refuseUnlessFails({ verdict }: Asked): void {
  const { outcome, reason } = verdict;
  if (outcome === 'fail') return;
  throw new ConflictError(
    outcome === 'pass'
      ? 'The rule passes by now: the files say so.'
      : reason ?? 'The rule does not fail.',
  );
}

function refuseUnknownInputs(inputs: Readonly<Record<string, string>>): void {
  const unknown = Object.keys(inputs).find(
    name => !['description', 'lifecycle', 'owner'].includes(name),
  );
  if (unknown) throw new InputError(`inputs: there is no ${unknown}`);
}

async function defaultBranch(
  client: GithubClient,
  place: Repository,
): Promise<{ branch: string; url: string }> {
  const found = await client.find(repositorySchema, '');
  if (!found) {
    throw new ConflictError(
      'The repository is not there, or the portal may not read it.',
    );
  }
  if (found.archived) throw new ConflictError('The repository is archived.');
  const { default_branch: branch, html_url: url } = found;
  if (place.branch && place.branch !== branch) {
    throw new ConflictError(
      `The component is on the branch ${place.branch}, and pull requests are offered to ${branch} only.`,
    );
  }
  return { branch, url };
}

/** Last line of the commit's message, by which it is known again. */
export function markOf({ entity, rule }: Pick<Offer, 'entity' | 'rule'>) {
  return `Waymark-Fix: ${rule.id} ${stringifyEntityRef(entity)}`;
}
