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
import { GoldenPath, Matrix, placeOfAnswer } from '../goldenPath';
import { Files, Inputs, Problem } from '../problem';
import { checkGolden, describeTree, goldenFile } from './golden';
import { CaseResult, PathResult, summed, timed } from './result';
import { Databases } from './databases';
import { runService } from './service';
import { runToolchain } from './toolchain';
import { runToolChecks } from './toolChecks';
import { Findings } from './tools/tool';

type Row = Matrix['accept'][number];

/** What {@link testPath} works with. */
export interface Workshop {
  root: string;
  engine: Engine;
  databases: Databases;
  toolbox: Toolbox;
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
  const count = taken.length + refused.length;
  let begunRows = 0;
  const tell = (title: string) => {
    begunRows += 1;
    workshop.say(`${path.name} ${begunRows}/${count}: ${title}`);
  };
  const cases = await Promise.all([
    examine('the template agrees with itself', workshop, async () => ({
      problems: checkTemplate(path.template, path.sources),
      skipped: [],
    })),
    ...taken.map(row => accept(path, row, { ...workshop, inTurn }, tell)),
    ...refused.map(row =>
      examine(`refuses ${row.title} (${row.field})`, workshop, () => {
        tell(`refuses ${row.title}`);
        return refuse(path, row, workshop);
      }),
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

/** Makes, examines and, where the row says so, builds and starts a repository. */
async function accept(
  path: GoldenPath,
  row: Row,
  workshop: Workshop & { inTurn: Limit },
  tell: (title: string) => void,
): Promise<CaseResult> {
  const work = mkdtempSync(join(tmpdir(), 'waymark-golden-path-'));
  const folder = join(work, 'service');
  let made: MadeFile[] = [];
  try {
    const result = await examine(row.title, workshop, async () => {
      tell(row.title);
      const rendered = await make(workshop.engine, path, row.inputs);
      if (!Array.isArray(rendered))
        return { problems: [rendered], skipped: [] };
      made = rendered;
      writeFiles(folder, made);
      return checkMade(path, row, work, made, workshop);
    });
    if (!row.build || made.length === 0) return result;
    const built = await workshop.inTurn(() =>
      workshop.building(() =>
        timed({
          title: row.title,
          work: () => buildAndStart(path, row, folder, made, workshop),
        }),
      ),
    );
    return {
      title: row.title,
      problems: [...result.problems, ...built.problems],
      skipped: [...result.skipped, ...built.skipped],
      seconds: result.seconds + built.seconds,
    };
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** @param work - holds the repository as `service` */
async function checkMade(
  path: GoldenPath,
  { title, inputs }: Row,
  work: string,
  made: readonly MadeFile[],
  workshop: Workshop,
): Promise<Findings> {
  const { root, engine, toolbox, update } = workshop;
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
  const folder = join(work, 'service');
  const scratch = join(work, 'scratch');
  mkdirSync(scratch);
  await runToolChecks({ root, folder, scratch, toolbox, findings });
  return findings;
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

async function make(
  engine: Engine,
  path: GoldenPath,
  inputs: Inputs,
): Promise<MadeFile[] | Problem> {
  const rendered = await engine.render(path, inputs);
  switch (rendered.kind) {
    case 'made':
      return rendered.files;
    case 'refused':
      return {
        check: 'form',
        ...placeOfAnswer(path, wrongAnswer(rendered.reasons[0])),
        message: `the form refuses it: ${rendered.reasons.join('; ')}`,
      };
    default: {
      const { file, line, message } = rendered;
      return { check: 'render', file, line, message };
    }
  }
}

async function refuse(
  path: GoldenPath,
  { field, inputs }: Matrix['refuse'][number],
  { engine }: Workshop,
): Promise<Findings> {
  const rendered = await engine.render(path, inputs);
  const named =
    rendered.kind === 'refused' &&
    rendered.reasons.some(
      reason =>
        reason.startsWith(`instance.${field}`) || reason.includes(`"${field}"`),
    );
  if (named) return { problems: [], skipped: [] };
  const message =
    rendered.kind === 'refused'
      ? `the form refuses it for another reason: ${rendered.reasons.join('; ')}`
      : `the form takes it, though ${field} is wrong`;
  return {
    problems: [{ check: 'form', ...placeOfAnswer(path, field), message }],
    skipped: [],
  };
}

/** The field that a reason such as `instance.name does not match` is about. */
function wrongAnswer(reason: string): string {
  return (
    /^instance\.(\w+)|property "(\w+)"/.exec(reason)?.slice(1).find(Boolean) ??
    ''
  );
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
