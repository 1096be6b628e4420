import { chmod, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import { rulesInside } from './rules';

/** What bundled CommonJS expects to be there. */
const BANNER = `#!/usr/bin/env node
import { createRequire as createWaymarkRequire } from 'node:module';
const require = createWaymarkRequire(import.meta.url);
const __filename = import.meta.filename;`;

/**
 * Makes one file of the commands that need no checkout.
 *
 * @returns its size in bytes
 */
export async function pack(
  root: string,
  file: string,
  version: string,
): Promise<number> {
  await build({
    absWorkingDir: root,
    entryPoints: [join(root, 'packages/cli/src/packed.ts')],
    outfile: file,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node22',
    alias: { 'cross-fetch': join(root, 'packages/cli/src/pack/fetch.ts') },
    banner: { js: BANNER },
    plugins: [rulesInside(root)],
    define: { WAYMARK_VERSION: JSON.stringify(version) },
    // What others wrote keeps their names and licences.
    legalComments: 'eof',
    minify: true,
    keepNames: true,
    logLevel: 'error',
  });
  await chmod(file, 0o755);
  return (await stat(file)).size;
}
