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
import { Findings, runToolChecks } from './toolChecks';
import { runService } from './service';
import { runToolchain } from './toolchain';

/** What {@link testPath} works with. */
export interface Workshop {
  root: string;
  engine: Engine;
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
  for (const [index, row] of path.matrix.accept.entries()) {
    workshop.say(`${path.name}: ${row.title}`);
    cases.push(
      await timed(row.title, () => accept(path, row, workshop, index === 0)),
    );
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
  { title, inputs }: Matrix['accept'][number],
  { root, engine, toolbox, update, say }: Workshop,
  withToolchain: boolean,
): Promise<Findings> {
  const made = await make(engine, path, inputs);
  if (!Array.isArray(made)) return { problems: [made], skipped: [] };
  const files = asText(made);
  const problems = [
    ...(await checkRepository(files, inputs)),
    ...checkIdentity(files, inputs),
    ...checkGolden(goldenFile(path.folder, title), describeTree(made), update),
  ];
  if (typeof inputs.description === 'string') {
    const plain = await make(engine, path, {
      ...inputs,
      description: PLACEHOLDER,
    });
    problems.push(
      ...(Array.isArray(plain)
        ? checkInert(files, inputs.description, asText(plain))
        : [plain]),
    );
  }
  const work = mkdtempSync(join(tmpdir(), 'waymark-golden-path-'));
  const folder = join(work, 'service');
  try {
    writeFiles(folder, made);
    const tools = await runToolChecks(root, work, toolbox);
    const chain = withToolchain
      ? await runToolchain(path.toolchain, inputs, folder, toolbox, name =>
          say(`${path.name}: ${title}: ${name}`),
        )
      : { problems: [], skipped: [] };
    const isBuilt = withToolchain && chain.problems.length === 0;
    const service = isBuilt
      ? await runService(path, folder, toolbox, process.env)
      : { problems: [], skipped: [] };
    return {
      problems: [
        ...problems,
        ...tools.problems,
        ...chain.problems,
        ...service.problems,
      ],
      skipped: [...tools.skipped, ...chain.skipped, ...service.skipped],
    };
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
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
