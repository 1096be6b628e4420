import { InputError } from '@backstage/errors';
import { compareTargets, makeTargets } from '../../../policies/build';
import { conftest } from '../../../policies/targets/conftest';
import { Toolbox } from '../../../tools/toolbox';
import { REGO } from './policies';
import { Findings, readProblems } from './tool';

const targets = [conftest];
const STATES = {
  missing: 'is missing',
  different: 'is not what policies/ makes',
  'left over': 'is made of nothing in policies/',
};

/** The programs that it is checked with. */
export const BUNDLE_TOOLS = ['opa'] as const;

/** That the bundle which says what rules refuse is what `policies/` makes. */
export async function checkBundle(
  root: string,
  toolbox: Toolbox,
): Promise<Findings> {
  await toolbox.ready(BUNDLE_TOOLS);
  const missing = BUNDLE_TOOLS.filter(name => !toolbox.find(name));
  if (missing.length > 0) return { problems: [], skipped: missing };
  try {
    const made = await makeTargets({ root, targets, say: () => {} });
    const outdated = compareTargets({ root, targets }, made);
    const problems = outdated.map(({ file, state }) => ({
      check: 'policies',
      file,
      line: 1,
      message: `${STATES[state]}: ./waymark policies build`,
    }));
    return { problems, skipped: [] };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    const found = readProblems('policies', error.message, REGO);
    return {
      // OPA names files as it sees them, from within policies/.
      problems: found.map(({ file, ...problem }) => ({
        ...problem,
        ...(file && { file: file.replace(/^(?!policies\/)/, 'policies/') }),
      })),
      skipped: [],
    };
  }
}
