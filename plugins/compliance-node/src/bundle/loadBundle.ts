import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  RuleIndex,
  ruleIndexSchema,
} from '@waymark/backstage-plugin-compliance-common';
import { packageFile } from '../packageFile';

/** The rules as they are evaluated, and what they say of themselves. */
export interface Bundle {
  index: RuleIndex;
  wasm: Uint8Array;
}

/**
 * Reads what `./waymark policies build` made.
 *
 * @param folder - holds `policy.wasm` and `rules.json`; of this package, unless said
 * @throws Error saying what to run where there is no bundle that can be read
 */
export async function loadBundle(
  folder: string = packageFile('policy'),
): Promise<Bundle> {
  try {
    const [wasm, rules] = await Promise.all([
      readFile(join(folder, 'policy.wasm')),
      readFile(join(folder, 'rules.json'), 'utf8'),
    ]);
    return { index: ruleIndexSchema.parse(JSON.parse(rules)), wasm };
  } catch (error) {
    throw new Error(
      'The compliance rules cannot be read; ./waymark policies build makes them',
      { cause: error },
    );
  }
}
