import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { z } from 'zod';
import { Toolbox } from '../../tools/toolbox';
import { GoldenPath } from '../goldenPath';
import { PLATFORM_FOLDERS, PLATFORM_TOOLS } from './platform/testPlatform';
import { TOOLS } from './toolChecks';

const greenSchema = z.object({ key: z.string(), skipped: z.array(z.string()) });

/** A result without a problem, of inputs known by their hash. */
export type Green = z.infer<typeof greenSchema>;

/** Hash of all that the result for a golden path depends on. */
export function pathKey(
  root: string,
  { folder, toolchain }: GoldenPath,
  toolbox: Toolbox,
): string {
  const sources = [
    folder,
    join(folder, '../_layers'),
    join(folder, '../_parts'),
    join(root, 'packages/cli/src'),
    join(root, 'plugins/scaffolder-backend-module-waymark/src'),
    join(root, 'plugins/compliance-node/src/judge'),
    join(root, 'plugins/golden-paths-node/src'),
    join(root, 'platform/charts'),
    join(root, 'platform/conftest'),
    join(root, 'policies'),
    join(root, 'tools/kubernetes-schemas'),
    join(root, 'yarn.lock'),
  ];
  const needed = toolchain.flatMap(({ needs }) => needs);
  return keyOf(root, sources, [...TOOLS, ...needed], toolbox);
}

/** Hash of all that the result for what they share depends on. */
export function platformKey(root: string, toolbox: Toolbox): string {
  const sources = [
    ...PLATFORM_FOLDERS.map(folder => join(root, folder)),
    join(root, 'packages/cli/src'),
    join(root, 'plugins/compliance-node/src/judge'),
    join(root, 'tools/kubernetes-schemas'),
  ];
  return keyOf(root, sources, PLATFORM_TOOLS, toolbox);
}

function keyOf(
  root: string,
  sources: readonly string[],
  programs: readonly string[],
  toolbox: Toolbox,
): string {
  const hash = createHash('sha256');
  for (const file of sources.filter(existsSync).flatMap(filesOf)) {
    hash.update(`${relative(root, file)}\0${statSync(file).mode}\0`);
    hash.update(readFileSync(file));
  }
  hash.update(toolbox.key);
  for (const name of programs) {
    hash.update(`${name}=${toolbox.find(name)}\0`);
  }
  return hash.digest('hex');
}

/** The last green result of a golden path. */
export function readGreen(root: string, name: string): Green | undefined {
  const file = greenFile(root, name);
  if (!existsSync(file)) return undefined;
  return greenSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
}

/** Remembers a green result. */
export function writeGreen(root: string, name: string, green: Green): void {
  const file = greenFile(root, name);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify(green));
}

function greenFile(root: string, name: string): string {
  return join(root, '.waymark/cache/templates', `${name}.json`);
}

function filesOf(path: string): string[] {
  if (statSync(path).isFile()) return [path];
  return readdirSync(path, { recursive: true })
    .map(name => join(path, String(name)))
    .filter(file => statSync(file).isFile())
    .sort();
}
