import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Facts } from '@waymark/backstage-plugin-compliance-common';
import { WasmPolicyEngine } from '@waymark/backstage-plugin-compliance-node';
import { z } from 'zod';
import { runCommand } from '../../tools/runCommand';
import { openToolbox } from '../../tools/toolbox';
import { isFacts, Question } from './questions';
import { checkout } from './rules';

/** What rules say of one question: messages by rule; a rule with none passes. */
export type Answer = Record<string, string[]>;

/** Where the targets of a build are, and a folder to work in. */
export interface Place {
  root: string;
  scratch: string;
}

/** The rules as they are written, by `opa eval`. */
export async function askSources(
  { root, scratch }: Place,
  inputs: readonly unknown[],
): Promise<Answer[]> {
  const input = join(scratch, 'sources.json');
  writeFileSync(input, JSON.stringify(inputs));
  const query =
    '[report | some index; asked := input[index]; report := data.waymark.report.report with input as asked]';
  const output = await run('opa', [
    'eval',
    '--format',
    'raw',
    '--bundle',
    join(root, 'policies'),
    '--input',
    input,
    query,
  ]);
  const reports = z
    .array(
      z.record(
        z.object({
          deny: z.array(z.object({ msg: z.string() })),
          applies: z.boolean(),
        }),
      ),
    )
    .parse(JSON.parse(output));
  return reports.map(report =>
    answerOf(
      Object.entries(report).flatMap(([rule, { deny, applies }]) =>
        (applies ? deny : []).map(({ msg }): Said => [rule, msg]),
      ),
    ),
  );
}

/** The bundle of the portal, by the engine of the portal. */
export async function askPortal(
  { root }: Place,
  questions: readonly Question[],
): Promise<Answer[]> {
  const folder = join(root, 'plugins/compliance-node/policy');
  const engine = await WasmPolicyEngine.create(
    {
      wasm: readFileSync(join(folder, 'policy.wasm')),
      index: JSON.parse(readFileSync(join(folder, 'rules.json'), 'utf8')),
    },
    { timeoutMs: 60_000 },
  );
  const answers: Answer[] = [];
  for (const { documents } of questions) {
    const [first] = documents;
    const { today = '2026-11-21', ...facts } = isFacts(first)
      ? first
      : {
          apiVersion: 'waymark.dev/v1',
          kind: 'Facts',
          manifest: {
            releases: [{ environment: 'production', objects: documents }],
          },
        };
    const report = await engine.evaluate(facts as Facts, String(today));
    answers.push(
      answerOf(
        Object.entries(report).flatMap(([rule, said]): Said[] => {
          if ('error' in said) return [[rule, said.error]];
          const found = said.applies ? said.deny : [];
          return found.map(one => [rule, (one as { msg: string }).msg]);
        }),
      ),
    );
  }
  await engine.close();
  return answers;
}

const ON_TRIAL = ' (on trial)';
const conftestSchema = z.array(
  z.object({
    filename: z.string(),
    namespace: z.string(),
    failures: z.array(z.object({ msg: z.string() })).default([]),
    warnings: z.array(z.object({ msg: z.string() })).default([]),
  }),
);

/** The bundle of pipelines, as they call it: all of a release at once. */
export async function askConftest(
  place: Place,
  questions: readonly Question[],
): Promise<Answer[]> {
  const answers: Answer[] = [];
  mkdirSync(place.scratch, { recursive: true });
  const file = join(place.scratch, 'release.yaml');
  for (const { documents } of questions) {
    const texts = documents.map(document => JSON.stringify(document));
    writeFileSync(file, texts.join('\n---\n'));
    const results = await conftest(place, ['--combine', file]);
    answers.push(answerOf(results.flatMap(failuresOf)));
  }
  return answers;
}

/** The same bundle, about one document at a time. */
export async function askConftestOneByOne(
  place: Place,
  inputs: readonly unknown[],
): Promise<Answer[]> {
  const folder = join(place.scratch, 'one-by-one');
  mkdirSync(folder);
  const files = inputs.map((input, index) => {
    const file = join(folder, `${index}.json`);
    writeFileSync(file, JSON.stringify(input));
    return file;
  });
  const results = await conftest(place, [folder]);
  return files.map(file =>
    answerOf(
      results.filter(({ filename }) => filename === file).flatMap(failuresOf),
    ),
  );
}

async function conftest({ root }: Place, args: string[]) {
  const bundle = join(root, 'platform/conftest');
  const output = await run('conftest', [
    'test',
    '--all-namespaces',
    '--output',
    'json',
    '--policy',
    bundle,
    '--data',
    bundle,
    ...args,
  ]);
  return conftestSchema.parse(JSON.parse(output));
}

function failuresOf({
  namespace,
  failures,
  warnings,
}: z.infer<typeof conftestSchema>[number]): Said[] {
  const rule = namespace.replace('waymark.rules.', '').replaceAll('_', '-');
  // A rule on trial says the same, and fails nothing.
  const trials = warnings
    .filter(({ msg }) => msg.endsWith(ON_TRIAL))
    .map(({ msg }) => ({ msg: msg.slice(0, -ON_TRIAL.length) }));
  return [...failures, ...trials].map(({ msg }) => [rule, msg]);
}

const gatorSchema = z
  .array(
    z.object({
      msg: z.string(),
      constraint: z.object({ metadata: z.object({ name: z.string() }) }),
      violatingObject: z.object({
        metadata: z.object({ namespace: z.string() }),
      }),
    }),
  )
  .nullable();

/** The constraints of Gatekeeper, each question one object. */
export async function askGator(
  place: Place,
  questions: readonly Question[],
): Promise<Answer[]> {
  const folder = join(place.root, 'platform/gatekeeper');
  const output = await run('gator', [
    'test',
    ...['templates', 'constraints'].flatMap(part => [
      '--filename',
      join(folder, part),
    ]),
    '--filename',
    writeObjects(place, questions),
    '--output',
    'json',
  ]);
  const results = gatorSchema.parse(JSON.parse(output)) ?? [];
  return questions.map((_, index) =>
    answerOf(
      results
        .filter(
          ({ violatingObject: { metadata } }) =>
            metadata.namespace === namespaceOf(index),
        )
        .map(({ constraint, msg }) => [constraint.metadata.name, msg]),
    ),
  );
}

const kyvernoSchema = z.object({
  results: z.array(
    z.object({
      policy: z.string(),
      result: z.string(),
      message: z.string().default(''),
      resources: z.array(z.object({ namespace: z.string() })),
    }),
  ),
});

/** The policies of Kyverno, each question one object. */
export async function askKyverno(
  place: Place,
  questions: readonly Question[],
): Promise<Answer[]> {
  const output = await run('kubectl-kyverno', [
    'apply',
    join(place.root, 'platform/kyverno/policies'),
    '--resource',
    writeObjects(place, questions),
    '--policy-report',
    '--output-format',
    'json',
  ]);
  const { results } = kyvernoSchema.parse(JSON.parse(output));
  return questions.map((_, index) =>
    answerOf(
      results
        .filter(
          ({ result, resources: [{ namespace }] }) =>
            namespace === namespaceOf(index) &&
            !['pass', 'skip'].includes(result),
        )
        .flatMap(({ policy, message }) =>
          message.split('\n').map((text): Said => [policy, text]),
        ),
    ),
  );
}

/** Whether a program is here or can be built. */
export function canRun(program: string): boolean {
  const toolbox = openToolbox(checkout, process.env);
  return Boolean(toolbox.find(program) ?? toolbox.find('go'));
}

type Said = [rule: string, message: string];

function answerOf(said: Said[]): Answer {
  const answer: Answer = {};
  for (const [rule, message] of said) {
    // A set: engines that name no place say the same twice, or once.
    answer[rule] = [...new Set([...(answer[rule] ?? []), message])].sort();
  }
  return answer;
}

/** Rules on one object do not look at its namespace, which tells them apart here. */
function writeObjects(
  { scratch }: Place,
  questions: readonly Question[],
): string {
  const file = join(scratch, 'objects.yaml');
  mkdirSync(scratch, { recursive: true });
  const texts = questions.map(({ documents: [object] }, index) =>
    JSON.stringify({
      ...object,
      metadata: { ...object.metadata, namespace: namespaceOf(index) },
    }),
  );
  writeFileSync(file, texts.join('\n---\n'));
  return file;
}

function namespaceOf(index: number): string {
  return `question-${index}`;
}

async function run(name: string, args: string[]): Promise<string> {
  const program = openToolbox(checkout, process.env).find(name);
  if (!program) throw new Error(`There is no ${name}.`);
  return (await runCommand(program, args, { cwd: checkout })).output;
}
