import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  catalogFactsSchema,
  deliveryFactsSchema,
  manifestFactsSchema,
  PARTS,
  repositoryFactsSchema,
  sloFactsSchema,
} from '@waymark/backstage-plugin-compliance-common';
import { buildGoTools, openToolbox } from '../tools/toolbox';
import { opaIn } from './opa';
import { readRuleIndex } from './ruleIndex';
import { RuleReach } from './ruleReach';
import { readSources } from './sources';
import { checkout } from './__testUtils__/rules';

/** What may be missing in a part that is known. */
const OPTIONAL = Object.entries({
  catalog: catalogFactsSchema,
  repository: repositoryFactsSchema,
  manifest: manifestFactsSchema,
  delivery: deliveryFactsSchema,
  slo: sloFactsSchema,
}).flatMap(([part, { shape }]) =>
  Object.entries(shape)
    .filter(([, field]) => field.safeParse(undefined).success)
    .map(([name]) => `${part}.${name}`),
);

/** Who is paged is told by the owner's annotations as well. */
const BEHIND = new Map([['slo.paging', 'catalog.owner']]);

describe('what rules need', () => {
  it('is named by each rule, part by part', async () => {
    await buildGoTools(checkout, ['opa'], () => {});
    const program = openToolbox(checkout, process.env).find('opa')!;
    const scratch = mkdtempSync(join(tmpdir(), 'waymark-needs-'));
    const sources = readSources(join(checkout, 'policies'));
    sources.copyTo(scratch);
    const opa = opaIn(scratch, program);
    const reach = await RuleReach.read(opa, sources);
    const { rules } = await readRuleIndex(opa, sources);
    rmSync(scratch, { recursive: true });
    expect(OPTIONAL).toEqual(
      expect.arrayContaining(['catalog.owner', 'delivery.lastCommitAt']),
    );
    const unnamed = rules.flatMap(({ id, input, needs, needsToFail = [] }) => {
      const named = [input, ...needs, ...needsToFail];
      const parts = named.map(need => need.split(/[.:]/)[0]);
      const read = reach.of(id).facts;
      expect([id, read]).not.toEqual([id, []]);
      const behind = read.map(path => BEHIND.get(path) ?? path);
      return [...new Set([...read, ...behind])]
        .filter(path =>
          OPTIONAL.includes(path)
            ? !named.includes(path)
            : !parts.includes(path.split('.')[0]),
        )
        .map(path => `${id} reads ${path}`);
    });
    expect(unnamed).toEqual([]);
    expect(
      PARTS.filter(part => !rules.some(one => one.input === part)),
    ).toEqual([]);
  }, 600_000);
});
