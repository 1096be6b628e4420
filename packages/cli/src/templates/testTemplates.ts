import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import pLimit, { Limit } from 'p-limit';
import {
  openToolbox,
  openToolboxBuilding,
  Toolbox,
  unbuiltGoTools,
} from '../tools/toolbox';
import { withEngine } from './engine';
import { GoldenPath, listGoldenPaths, readGoldenPath } from './goldenPath';
import { BadFileError, Problem } from './problem';
import { pathKey, platformKey, readGreen, writeGreen } from './run/cache';
import { databasesOf } from './run/databases';
import {
  PLATFORM,
  PLATFORM_TOOLS,
  testPlatform,
} from './run/platform/testPlatform';
import { isGood, PathResult, resultOf } from './run/result';
import { testPath } from './run/testPath';
import { checkTogether, TOGETHER } from './run/together';
import { TOOLS } from './run/toolChecks';
import { checkBundle } from './run/tools/bundle';
import { Findings } from './run/tools/tool';

/** How {@link testTemplates} is asked to work. */
export interface TestOptions {
  /** The checkout: its tools and caches are used. */
  root: string;
  /** Folder of golden paths; `templates/` of the checkout unless said. */
  templates?: string;
  /** Only these, golden paths or what is beside them; all without any. */
  names: string[];
  update: boolean;
  useCache: boolean;
  requireAll: boolean;
  say(text: string): void;
}

/** Something to test, and what its result depends on. */
interface Item {
  name: string;
  /** Go tools to build for it. */
  programs: readonly string[];
  /** Without one it is quick, and tested each time. */
  key?(toolbox: Toolbox): string;
  /** A golden path wants the scaffolder; anything else tests itself. */
  work: GoldenPath | ((toolbox: Toolbox) => Promise<PathResult>);
}

/**
 * Tests golden paths, what they share and how they stand together; what has not
 * changed since it was found good starts nothing at all.
 *
 * @throws NotFoundError where there is none of a name
 */
export async function testTemplates(
  options: TestOptions,
): Promise<PathResult[]> {
  const { root, update, useCache, requireAll, say } = options;
  const templates = options.templates ?? join(root, 'templates');
  const names =
    options.names.length > 0
      ? options.names
      : [PLATFORM, TOGETHER, ...listGoldenPaths(templates)];
  const items = names.map(name => itemOf(name, templates, options));

  const results = new Map<string, PathResult>();
  const isToTest = ({ name, programs, key }: Item) => {
    if (!key || !useCache || update) return true;
    const green = readGreen(root, name);
    const result = unchanged(name, green?.skipped ?? []);
    const holds =
      unbuiltGoTools(root, programs).length === 0 &&
      green?.key === key(openToolbox(root, process.env)) &&
      isGood(result, requireAll);
    if (holds) results.set(name, result);
    return !holds;
  };
  const toTest = items.filter(isToTest);

  const checking = pLimit(availableParallelism());
  // While one waits for a registry, another compiles.
  const building = pLimit(2);
  const { toolbox, built } = openToolboxBuilding(
    root,
    toTest.flatMap(({ programs }) => programs),
    building,
    say,
  );
  const keep = async ({ name, programs, key }: Item, result: PathResult) => {
    results.set(name, result);
    if (!key || !isGood(result, false)) return;
    await toolbox.ready(programs);
    writeGreen(root, name, { key: key(toolbox), skipped: result.skipped });
  };
  const limits = { checking, building };
  try {
    await Promise.all([
      ...toTest.map(async item => {
        const { programs, work } = item;
        if (typeof work !== 'function') return;
        await toolbox.ready(programs);
        await keep(item, await checking(() => work(toolbox)));
      }),
      testPaths(toTest, options, toolbox, limits, keep),
    ]);
  } finally {
    // Also where something broke down, since what is built now is there next time.
    for (const failure of await built) say(`could not be built: ${failure}`);
  }
  return names.flatMap(name => results.get(name) ?? []);
}

/** Tests the golden paths side by side with one scaffolder, if there are any. */
async function testPaths(
  items: readonly Item[],
  { root, update, say }: TestOptions,
  toolbox: Toolbox,
  limits: { checking: Limit; building: Limit },
  keep: (item: Item, result: PathResult) => Promise<void>,
): Promise<void> {
  const paths = items.flatMap(item =>
    typeof item.work === 'function' ? [] : [{ item, path: item.work }],
  );
  if (paths.length === 0) return;
  let bundle: Promise<Findings> | undefined;
  say('starting the scaffolder');
  await withEngine(async (engine, postgres) => {
    const workshop = {
      root,
      engine,
      databases: databasesOf(postgres),
      toolbox,
      ...limits,
      bundle() {
        bundle ??= checkBundle(root, toolbox);
        return bundle;
      },
      update,
      say,
    };
    await Promise.all(
      paths.map(async ({ item, path }) =>
        keep(item, await testPath(path, workshop)),
      ),
    );
  });
}

function itemOf(
  name: string,
  templates: string,
  { root, update, say }: TestOptions,
): Item {
  if (name === PLATFORM) {
    return {
      name,
      programs: PLATFORM_TOOLS,
      key: toolbox => platformKey(root, toolbox),
      work: toolbox => testPlatform(root, toolbox, update, say),
    };
  }
  if (name === TOGETHER) {
    return itself(name, 'the list', () => checkTogether(templates));
  }
  try {
    const path = readGoldenPath(templates, name);
    return {
      name,
      programs: [...TOOLS, ...path.toolchain.flatMap(({ needs }) => needs)],
      key: toolbox => pathKey(root, path, toolbox),
      work: path,
    };
  } catch (error) {
    if (!(error instanceof BadFileError)) throw error;
    return itself(name, 'it can be read', () => [error.problem]);
  }
}

/** What can be told without any tool. */
function itself(name: string, title: string, check: () => Problem[]): Item {
  const work = async () => ({ problems: check(), skipped: [] });
  return { name, programs: [], work: () => resultOf(name, [{ title, work }]) };
}

function unchanged(name: string, skipped: string[]): PathResult {
  return { name, unchanged: true, cases: [], skipped, seconds: 0 };
}
