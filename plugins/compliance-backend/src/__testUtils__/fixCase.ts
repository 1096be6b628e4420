import { Entity } from '@backstage/catalog-model';
import {
  memorySource,
  readRepositoryFacts,
} from '@waymark/backstage-plugin-compliance-node';
import { FixCase } from '../fixes/Fix';
import { FIXES } from '../fixes/registry';

/** The component `shop`. */
export const entity = (more: object = {}, spec: object = {}): Entity => ({
  apiVersion: 'v1',
  kind: 'Component',
  metadata: { name: 'shop', ...more },
  spec: { type: 'service', ...spec },
});

/** A component that consists of these files. */
export async function caseOf(
  files: Record<string, string>,
  more: Partial<FixCase> = {},
  known: Partial<FixCase['known']> = {},
): Promise<FixCase> {
  const repository = await readRepositoryFacts(memorySource(files));
  return {
    entity: entity(),
    denials: [],
    inputs: {},
    ...more,
    facts: {
      apiVersion: 'waymark.dev/v1',
      kind: 'Facts',
      repository,
      ...more.facts,
    },
    files: {
      paths: new Set(Object.keys(files)),
      text: path => files[path],
    },
    known: {
      fileUrl: path => `https://git/${path}`,
      catalogFile: 'catalog-info.yaml',
      isWholeRepository: true,
      organisation: 'tidewater',
      presets: new Set(),
      ...known,
    },
  };
}
/** Ways to mend it, best first. */
export const propose = (fix: string, about: FixCase) =>
  FIXES.get(fix)!.propose(about);
/** New text by path, of the first way. */
export const changed = (fix: string, about: FixCase) =>
  Object.fromEntries(propose(fix, about)[0].files);
