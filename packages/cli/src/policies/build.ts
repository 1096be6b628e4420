import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { NotFoundError } from '@backstage/errors';
import { buildGoTools, openToolbox } from '../tools/toolbox';
import { readDecisions } from './decisions';
import { opaIn } from './opa';
import { readRuleIndex } from './ruleIndex';
import { RuleReach } from './ruleReach';
import { readSources } from './sources';
import { conftest } from './targets/conftest';
import { gatekeeper } from './targets/gatekeeper';
import { kyverno } from './targets/kyverno';
import { portal } from './targets/portal';
import { Target } from './targets/target';

/** Everything that is made of `policies/`. */
export const TARGETS: readonly Target[] = [
  portal,
  conftest,
  gatekeeper,
  kyverno,
];

/** A file of a target that is not what the rules make. */
export interface Outdated {
  /** Below the checkout. */
  file: string;
  state: 'missing' | 'different' | 'left over';
}

/** What a build works with. */
export interface BuildContext {
  /** The checkout that holds `policies/`. */
  root: string;
  /** The checkout whose `tools/` pins OPA; the same, unless said. */
  tools?: string;
  targets?: readonly Target[];
  say(text: string): void;
}

/**
 * Makes every target of `policies/` in memory.
 *
 * @returns contents by path below the checkout
 * @throws InputError where the rules cannot be built, NotFoundError without OPA
 */
export async function makeTargets({
  root,
  tools = root,
  targets = TARGETS,
  say,
}: BuildContext): Promise<Map<string, Uint8Array>> {
  const failures = await buildGoTools(tools, ['opa'], say);
  const program = openToolbox(tools, process.env).find('opa');
  if (!program) {
    throw new NotFoundError(
      failures[0] ??
        'There is no opa here: install Go, or put the version of tools/go on the PATH.',
    );
  }
  const scratch = mkdtempSync(join(tmpdir(), 'waymark-policies-'));
  try {
    const policies = join(root, 'policies');
    const sources = readSources(policies);
    sources.copyTo(scratch);
    const opa = opaIn(scratch, program);
    const index = await readRuleIndex(opa, sources);
    const decisions = readDecisions(policies, index);
    let reading: Promise<RuleReach> | undefined;
    const reach = () => (reading ??= RuleReach.read(opa, sources));
    const context = { root, scratch, sources, index, decisions, reach, opa };
    const made = new Map<string, Uint8Array>();
    for (const target of targets) {
      const files = await target.make(context);
      for (const [path, content] of files) {
        made.set(`${target.folder}/${path}`, content);
      }
    }
    return made;
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** What of the committed files is not what the rules make. */
export function compareTargets(
  { root, targets = TARGETS }: Pick<BuildContext, 'root' | 'targets'>,
  made: ReadonlyMap<string, Uint8Array>,
): Outdated[] {
  const outdated: Outdated[] = [];
  for (const [file, content] of made) {
    const path = join(root, file);
    if (!existsSync(path)) outdated.push({ file, state: 'missing' });
    else if (!readFileSync(path).equals(content)) {
      outdated.push({ file, state: 'different' });
    }
  }
  for (const { folder } of targets) {
    for (const file of filesBelow(root, folder)) {
      if (!made.has(file)) outdated.push({ file, state: 'left over' });
    }
  }
  return outdated;
}

/** Writes what is outdated, and takes away what is left over. */
export function writeTargets(
  root: string,
  made: ReadonlyMap<string, Uint8Array>,
  outdated: readonly Outdated[],
): void {
  for (const { file } of outdated) {
    const path = join(root, file);
    const content = made.get(file);
    if (content === undefined) rmSync(path);
    else {
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, content);
    }
  }
}

function filesBelow(root: string, folder: string): string[] {
  const path = join(root, folder);
  if (!existsSync(path)) return [];
  return readdirSync(path, { withFileTypes: true }).flatMap(entry => {
    const file = `${folder}/${entry.name}`;
    return entry.isDirectory() ? filesBelow(root, file) : [file];
  });
}
