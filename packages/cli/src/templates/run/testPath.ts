import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
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
import { Files, Inputs, Problem } from '../problem';
import { checkGolden, describeTree, goldenFile } from './golden';
import { CaseResult, PathResult } from './result';
import { Databases } from './databases';
import { runService } from './service';
import { runToolchain } from './toolchain';
import { runToolChecks } from './toolChecks';
import { Findings } from './tools/tool';

/** What {@link testPath} works with. */
export interface Workshop {
  root: string;
  engine: Engine;
  databases: Databases;
  toolbox: Toolbox;
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
  const cases = [
    await timed('the template agrees with itself', async () => ({
      problems: checkTemplate(path.template),
      skipped: [],
    })),
  ];
  for (const row of path.matrix.accept) {
    workshop.say(`${path.name}: ${row.title}`);
    cases.push(await timed(row.title, () => accept(path, row, workshop)));
  }
  for (const row of path.matrix.refuse) {
    const title = `refuses ${row.title} (${row.field})`;
    cases.push(await timed(title, () => refuse(path, row, workshop)));
  }
  return {
    name: path.name,
    unchanged: false,
    cases,
    skipped: [...new Set(cases.flatMap(({ skipped }) => skipped))],
    seconds: (Date.now() - begun) / 1000,
  };
}

async function timed(
  title: string,
  work: () => Promise<Findings>,
): Promise<CaseResult> {
  const begun = Date.now();
  const findings = await work();
  return { title, ...findings, seconds: (Date.now() - begun) / 1000 };
}

async function accept(
  path: GoldenPath,
  row: Matrix['accept'][number],
  workshop: Workshop,
): Promise<Findings> {
  const { title, inputs, build } = row;
  const { root, engine, toolbox, update } = workshop;
  const made = await make(engine, path, inputs);
  if (!Array.isArray(made)) return { problems: [made], skipped: [] };
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
  const work = mkdtempSync(join(tmpdir(), 'waymark-golden-path-'));
  const folder = join(work, 'service');
  const scratch = join(work, 'scratch');
  try {
    mkdirSync(scratch);
    writeFiles(folder, made);
    await runToolChecks({ root, folder, scratch, toolbox, findings });
    if (build) {
      const built = await buildAndStart(path, row, folder, made, workshop);
      findings.problems.push(...built.problems);
      findings.skipped.push(...built.skipped);
    }
    return findings;
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** With the path's own toolchain; what it makes is then started, if it serves. */
async function buildAndStart(
  path: GoldenPath,
  { title, inputs }: Matrix['accept'][number],
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
        file: 'template.yaml',
        message: `the form refuses it: ${rendered.reasons.join('; ')}`,
      };
    default:
      return { check: 'render', message: rendered.message };
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
    problems: [{ check: 'form', file: 'template.yaml', message }],
    skipped: [],
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
