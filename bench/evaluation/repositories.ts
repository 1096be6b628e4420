import { join } from 'node:path';
import { Entity } from '@backstage/catalog-model';
import {
  DeliveryFacts,
  Facts,
} from '@waymark/backstage-plugin-compliance-common';
import {
  memorySource,
  readRepositoryFacts,
  readSloFacts,
  renderReleases,
} from '@waymark/backstage-plugin-compliance-node';
import { parseAllDocuments } from 'yaml';
import { withEngine } from '../../packages/cli/src/templates/engine';
import {
  listGoldenPaths,
  readGoldenPath,
} from '../../packages/cli/src/templates/goldenPath';
import { openToolbox } from '../../packages/cli/src/tools/toolbox';
import { root } from '../lib/paths';

/** What is known of a service, and the name that it goes by. */
export interface Known {
  name: string;
  facts: Omit<Facts, 'apiVersion' | 'kind' | 'today'>;
}

/** As a Git host guards what the golden paths make. */
const delivery: DeliveryFacts = {
  protection: {
    requiredChecks: ['pipeline'],
    requiredReviews: 1,
    forcePushes: false,
  },
  environments: [
    { name: 'production', reviewers: 1 },
    { name: 'staging', reviewers: 0 },
  ],
  archived: false,
  lastCommitAt: '2026-11-17T15:04:05Z',
};

/** What a golden path makes. */
export interface Rendered {
  /** Of the golden path. */
  path: string;
  /** Of the service. */
  name: string;
  files: Record<string, Buffer>;
}

/** What each golden path makes, for two sets of answers. */
export async function renderRepositories(): Promise<Rendered[]> {
  const templates = join(root, 'templates');
  return withEngine(async engine => {
    const repositories: Rendered[] = [];
    for (const name of listGoldenPaths(templates)) {
      const path = readGoldenPath(templates, name);
      for (const { inputs } of path.matrix.accept.slice(0, 2)) {
        const rendered = await engine.render(path, inputs);
        if (rendered.kind !== 'made') {
          throw new Error(`${name} cannot be rendered`);
        }
        const files: Record<string, Buffer> = Object.fromEntries(
          rendered.files.map(({ path: file, content }) => [file, content]),
        );
        const service = describedIn(files).find(isComponent)!.metadata.name;
        repositories.push({ path: name, name: service, files });
      }
    }
    return repositories;
  });
}

/** Facts about each of them. */
export async function readRepositories(): Promise<Known[]> {
  const known: Known[] = [];
  for (const { files } of await renderRepositories()) {
    known.push(await read(files));
  }
  return known;
}

function describedIn(files: Record<string, Buffer>): Entity[] {
  return parseAllDocuments(files['catalog-info.yaml'].toString('utf8')).map(
    document => document.toJS() as Entity,
  );
}

const isComponent = ({ kind }: Entity) => kind === 'Component';

async function read(files: Record<string, Buffer>): Promise<Known> {
  const source = memorySource(files);
  const described = describedIn(files);
  const entity = described.find(isComponent)!;
  const owner: Entity = {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Group',
    metadata: { name: 'delivery', namespace: 'default' },
    spec: { type: 'team' },
  };
  const manifest = await renderReleases(source, {
    helm: openToolbox(root, process.env).find('helm'),
    charts: [join(root, 'platform/charts')],
  });
  return {
    name: entity.metadata.name,
    facts: {
      catalog: {
        entity: { ...entity },
        owner: { ...owner },
        apis: described
          .filter(({ kind }) => kind === 'API')
          .map(api => ({ ...api })),
      },
      repository: await readRepositoryFacts(source),
      manifest,
      delivery,
      slo: await readSloFacts(source, {
        entity,
        owner,
        releases: manifest.releases,
      }),
    },
  };
}
