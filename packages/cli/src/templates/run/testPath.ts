import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import pLimit, { Limit } from 'p-limit';
import { Toolbox } from '../../tools/toolbox';
import {
  checkInert,
  checkIdentity,
  checkRepository,
  checkTemplate,
  PLACEHOLDER,
} from '../checks';
import type { Engine, MadeFile } from '../engine';
import { GoldenPath, Matrix } from '../goldenPath';
import { Files } from '../problem';
import { make, refuse } from './form';
import { checkGolden, describeTree, goldenFile } from './golden';
import { CaseResult, PathResult, summed, timed } from './result';
import { Databases } from './databases';
import { runService } from './service';
import { runToolchain } from './toolchain';
import { runToolChecks } from './toolChecks';
import { BUNDLE_TOOLS } from './tools/bundle';
import { Findings } from './tools/tool';

type Row = Matrix['accept'][number];

/** What {@link testPath} works with. */
export interface Workshop {
  root: string;
  engine: Engine;
  databases: Databases;
  toolbox: Toolbox;
  /** Whether the rules that are asked are those of `policies/`; found out once. */
  bundle(): Promise<Findings>;
  /** How many rows are rendered and looked at, and how many built, at once. */
  checking: Limit;
  building: Limit;
  /** Writes the golden trees instead of comparing with them. */
  update: boolean;
  /** Told what is being done, for a person who waits. */
  say(text: string): void;
}

/** Tries a golden path with every row of its matrix. */
export async function testPath(
  path: GoldenPath,
  workshop: Workshop,
): Promise<PathResult> {
  const begun = Date.now();
  // Not every tool's cache, Maven's for one, bears two that fill it.
  const inTurn = pLimit(1);
  const { accept: taken, refuse: refused } = path.matrix;
  let begunRows = 0;
  const tell = (title: string) => {
    begunRows += 1;
    workshop.say(`${path.name} ${begunRows}/${taken.length}: ${title}`);
  };
  const take = (row: Row) => accept(path, row, { ...workshop, inTurn }, tell);
  const cases = await Promise.all([
    examine('the template agrees with itself', workshop, async () => ({
      problems: checkTemplate(path.template, path.sources),
      skipped: [],
    })),
    examineBundle(workshop),
    ...taken.map(row => (row.build ? take(row) : afterwards(() => take(row)))),
    ...refused.map(row =>
      afterwards(() =>
        examine(`refuses ${row.title} (${row.field})`, workshop, () =>
          refuse(workshop.engine, path, row),
        ),
      ),
    ),
  ]);
  return summed(path.name, cases, begun);
}

/** Looks at something, in its turn. */
function examine(
  title: string,
  { checking }: Workshop,
  work: () => Promise<Findings>,
): Promise<CaseResult> {
  return checking(() => timed({ title, work }));
}

/** Once every path has begun with what it builds, which takes the longest. */
function afterwards<T>(work: () => Promise<T>): Promise<T> {
  return Promise.resolve().then(work);
}

async function examineBundle(workshop: Workshop): Promise<CaseResult> {
  await workshop.toolbox.ready(BUNDLE_TOOLS);
  return examine(
    'the rules that judge it are those of policies/',
    workshop,
    workshop.bundle,
  );
}

/** Makes, examines and, where the row says so, builds and starts a repository. */
async function accept(
  path: GoldenPath,
  row: Row,
  workshop: Workshop & { inTurn: Limit },
  tell: (title: string) => void,
): Promise<CaseResult> {
  const work = mkdtempSync(join(tmpdir(), 'waymark-golden-path-'));
  let made: MadeFile[] = [];
  try {
    const looked = await examine(row.title, workshop, async () => {
      tell(row.title);
      const rendered = await make(workshop.engine, path, row.inputs);
      if (!Array.isArray(rendered))
        return { problems: [rendered], skipped: [] };
      made = rendered;
      return checkMade(path, row, made, workshop);
    });
    if (made.length === 0) return looked;
    const [checked, built] = await Promise.all([
      checkByTools(row, join(work, 'checked'), made, workshop),
      row.build ? build(path, row, join(work, 'built'), made, workshop) : [],
    ]);
    const parts = [looked, ...checked, ...built];
    return {
      title: row.title,
      problems: parts.flatMap(({ problems }) => problems),
      skipped: [...new Set(parts.flatMap(({ skipped }) => skipped))],
      seconds: parts.reduce((sum, { seconds }) => sum + seconds, 0),
    };
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** By all that needs no program of others. */
async function checkMade(
  path: GoldenPath,
  { title, inputs }: Row,
  made: readonly MadeFile[],
  { engine, update }: Workshop,
): Promise<Findings> {
  const files = asText(made);
  const findings: Findings = {
    problems: [
      ...(await checkRepository(files, inputs)),
      ...checkIdentity(files, inputs),
      ...checkGolden(
        goldenFile(path.folder, title),
        describeTree(made),
        update,
      ),
    ],
    skipped: [],
  };
  if (typeof inputs.description === 'string') {
    const plain = await make(engine, path, {
      ...inputs,
      description: PLACEHOLDER,
    });
    findings.problems.push(
      ...(Array.isArray(plain)
        ? checkInert(files, inputs.description, asText(plain))
        : [plain]),
    );
  }
  return findings;
}

/** @param work - a folder of its own, as a build changes what it is in */
function checkByTools(
  { title }: Row,
  work: string,
  made: readonly MadeFile[],
  workshop: Workshop,
): Promise<CaseResult[]> {
  const { root, toolbox } = workshop;
  const folder = join(work, 'service');
  const scratch = join(work, 'scratch');
  writeFiles(folder, made);
  mkdirSync(scratch);
  return runToolChecks({ root, folder, scratch, toolbox }, check =>
    examine(title, workshop, check),
  );
}

/** @param work - a folder of its own */
async function build(
  path: GoldenPath,
  row: Row,
  work: string,
  made: readonly MadeFile[],
  workshop: Workshop & { inTurn: Limit },
): Promise<CaseResult[]> {
  const folder = join(work, 'service');
  const needs = path.toolchain.flatMap(one => one.needs);
  writeFiles(folder, made);
  const built = await workshop.inTurn(async () => {
    // Others build while this waits.
    await workshop.toolbox.ready(needs);
    return workshop.building(() =>
      timed({
        title: row.title,
        work: () => buildAndStart(path, row, folder, made, workshop),
      }),
    );
  });
  return [built];
}

/** With the path's own toolchain; what it makes is then started, if it serves. */
async function buildAndStart(
  path: GoldenPath,
  { title, inputs }: Row,
  folder: string,
  made: readonly MadeFile[],
  { databases, toolbox, say }: Workshop,
): Promise<Findings> {
  const env = {
    DATABASE_URL:
      inputs.database === true ? await databases.fresh() : undefined,
    CHROMIUM_PATH: process.env.CHROMIUM_PATH ?? toolbox.find('chromium'),
  };
  const findings = await runToolchain(path.toolchain, {
    folder,
    files: made.map(file => file.path),
    inputs,
    toolbox,
    env,
    say: name => say(`${path.name}: ${title}: ${name}`),
  });
  if (findings.problems.length > 0) return findings;
  say(`${path.name}: ${title}: Run`);
  const ran = await runService(path, folder, toolbox, {
    ...env,
    ...(env.DATABASE_URL && { DATABASE_URL: await databases.fresh() }),
  });
  return {
    problems: ran.problems,
    skipped: [...findings.skipped, ...ran.skipped],
  };
}

function writeFiles(folder: string, files: readonly MadeFile[]): void {
  for (const { path, content, executable } of files) {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content, { mode: executable ? 0o755 : 0o644 });
  }
}

/** Binary files hold nothing that the text checks look for. */
function asText(files: readonly MadeFile[]): Files {
  return new Map(
    files
      .filter(({ content }) => !content.includes(0))
      .map(({ path, content }) => [path, content.toString('utf8')]),
  );
}
