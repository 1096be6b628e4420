import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { build, Plugin } from 'esbuild';

const PACKAGE = 'plugins/compliance-node';

/** Puts the compiled rules and what runs them into the packed file. */
export function rulesInside(root: string): Plugin {
  const folder = join(root, PACKAGE);
  const unpacked = join(root, 'packages/cli/src/pack/unpacked.ts');
  return {
    name: 'rules',
    setup({ onLoad, onResolve }) {
      // As an ES module it lacks half of what it exports.
      onResolve({ filter: /^@open-policy-agent\/opa-wasm$/ }, ({ path }) => ({
        path: createRequire(join(folder, 'package.json')).resolve(path),
      }));
      onLoad({ filter: /compliance-node\/src\/packageFile\.ts$/ }, async () => {
        const files = await readFiles(folder);
        return {
          contents: `import { unpacked } from ${JSON.stringify(unpacked)};
const FILES = ${JSON.stringify(files)};
export const packageFile = path => unpacked(FILES, path);`,
          loader: 'js',
        };
      });
    },
  };
}

async function readFiles(folder: string): Promise<Record<string, string>> {
  const files: Record<string, string> = {};
  for (const path of [
    'policy/policy.wasm',
    'policy/rules.json',
    'worker/builtins.cjs',
  ]) {
    files[path] = await readFile(join(folder, path), 'base64');
  }
  const worker = 'worker/evaluate.cjs';
  const { outputFiles } = await build({
    entryPoints: [join(folder, worker)],
    bundle: true,
    minify: true,
    platform: 'node',
    format: 'cjs',
    target: 'node22',
    write: false,
    logLevel: 'error',
  });
  files[worker] = Buffer.from(outputFiles[0].contents).toString('base64');
  return files;
}
