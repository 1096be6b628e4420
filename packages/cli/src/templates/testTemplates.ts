import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import pLimit from 'p-limit';
import { buildGoTools, openToolbox } from '../tools/toolbox';
import { withEngine } from './engine';
import { GoldenPath, listGoldenPaths, readGoldenPath } from './goldenPath';
import { cacheKey, readGreen, writeGreen } from './run/cache';
import { databasesOf } from './run/databases';
import { isGood, PathResult } from './run/result';
import { testPath } from './run/testPath';
import { TOOLS } from './run/toolChecks';

/** How {@link testTemplates} is asked to work. */
export interface TestOptions {
  /** The checkout: its tools and caches are used. */
  root: string;
  /** Folder of golden paths; `templates/` of the checkout unless said. */
  templates?: string;
  /** Only these; all without any. */
  names: string[];
  update: boolean;
  useCache: boolean;
  requireAll: boolean;
  say(text: string): void;
}

/**
 * Tests golden paths; those that have not changed since they were found good
 * start nothing at all.
 *
 * @throws NotFoundError, InputError where a path cannot be read
 */
export async function testTemplates(
  options: TestOptions,
): Promise<PathResult[]> {
  const { root, update, useCache, requireAll, say } = options;
  const templates = options.templates ?? join(root, 'templates');
  const names =
    options.names.length > 0 ? options.names : listGoldenPaths(templates);
  const paths = names.map(name => readGoldenPath(templates, name));

  const wanted = paths.flatMap(({ toolchain }) =>
    toolchain.flatMap(({ needs }) => needs),
  );
  for (const failure of await buildGoTools(root, [...TOOLS, ...wanted], say)) {
    say(`could not be built: ${failure}`);
  }
  const toolbox = openToolbox(root, process.env);
  const keyOf = (path: GoldenPath) => cacheKey(root, path, toolbox);
  const results = new Map<string, PathResult>();
  const changed: GoldenPath[] = [];
  for (const path of paths) {
    const green = readGreen(root, path.name);
    const result = unchanged(path.name, green?.skipped ?? []);
    const holds = green?.key === keyOf(path) && isGood(result, requireAll);
    if (useCache && !update && holds) results.set(path.name, result);
    else changed.push(path);
  }
  if (changed.length > 0) {
    say('starting the scaffolder');
    await withEngine(async (engine, postgres) => {
      const workshop = {
        root,
        engine,
        databases: databasesOf(postgres),
        toolbox,
        checking: pLimit(availableParallelism()),
        // A build uses every core, and its tests may want a port to themselves.
        building: pLimit(1),
        update,
        say,
      };
      const test = async (path: GoldenPath) => {
        const result = await testPath(path, workshop);
        results.set(path.name, result);
        if (isGood(result, false)) {
          const { skipped } = result;
          writeGreen(root, path.name, { key: keyOf(path), skipped });
        }
      };
      await Promise.all(changed.map(test));
    });
  }
  return names.flatMap(name => results.get(name) ?? []);
}

function unchanged(name: string, skipped: string[]): PathResult {
  return { name, unchanged: true, cases: [], skipped, seconds: 0 };
}
