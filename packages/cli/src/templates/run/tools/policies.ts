import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { Problem } from '../../problem';
import { Release } from './release';
import { Context, readProblems, tool } from './tool';

/** The rules as pipelines run them. */
const BUNDLE = 'platform/conftest';
const RULES = 'waymark.rules.';
/** A rule that does not compile, in the words of opa and conftest. */
export const REGO = /(?<file>[^\s:]+\.rego):(?<line>\d+): (?<message>.+)/g;

const verdictsSchema = z
  .array(
    z.object({
      msg: z.string(),
      // Of what is no manifest, a rule names no object.
      metadata: z.object({
        kind: z.string().default(''),
        name: z.string().default(''),
        path: z.array(z.union([z.string(), z.number()])).default([]),
      }),
    }),
  )
  .default([]);

const answerSchema = z.array(
  z.object({
    filename: z.string(),
    namespace: z.string(),
    failures: verdictsSchema,
    // Of a rule on trial, or where a service is exempt.
    warnings: verdictsSchema,
  }),
);

/** A verdict of a rule of `policies/`. */
export interface Verdict {
  /** Id of the rule. */
  rule: string;
  kind: string;
  name: string;
  path: (string | number)[];
  message: string;
}

/**
 * What the rules say of files of manifests, each a release of its own. All are
 * asked about at once, as reading the rules takes conftest the longest.
 *
 * @returns verdicts by file; nothing where conftest cannot be asked, which is
 *   then a finding
 */
export async function askRules(
  context: Context,
  files: readonly string[],
): Promise<Map<string, Verdict[]> | undefined> {
  const { root, folder, scratch, findings } = context;
  if (files.length === 0) return new Map();
  const asked = mkdtempSync(join(scratch, 'releases-'));
  const releases = files.map((file, index) => {
    const release = join(asked, `${index}.yaml`);
    const text = readFileSync(resolve(folder, file), 'utf8');
    writeFileSync(release, asRelease(text));
    return { file, release };
  });
  const ended = await tool(
    { ...context, findings: { problems: [], skipped: findings.skipped } },
    'conftest',
    [
      'test',
      '--all-namespaces',
      '--output',
      'json',
      '--policy',
      join(root, BUNDLE),
      '--data',
      join(root, BUNDLE),
      asked,
    ],
  );
  if (!ended) return undefined;
  try {
    const answers = answerSchema.parse(JSON.parse(ended.output));
    return new Map(
      releases.map(({ file, release }) => [
        file,
        answers
          .filter(({ filename }) => filename === release)
          .flatMap(verdictsOf),
      ]),
    );
  } catch {
    const words = releases.reduce(
      (text, { file, release }) => text.replaceAll(release, file),
      ended.output,
    );
    findings.problems.push(...readProblems('conftest', words, REGO));
    return undefined;
  }
}

/** That releases keep to the rules of `policies/`. */
export async function checkPolicies(
  context: Context,
  releases: readonly Release[],
): Promise<void> {
  const verdicts = await askRules(
    context,
    releases.map(({ manifests }) => manifests),
  );
  context.findings.problems.push(
    ...releases.flatMap(release =>
      (verdicts?.get(release.manifests) ?? []).map(
        ({ rule, kind, name, path, message }): Problem => ({
          check: `policies/${rule}`,
          ...release.placeOfField(kind, name, path),
          message: `${release.environment}: ${message}`,
        }),
      ),
    ),
  );
}

/**
 * All of a file as one thing to judge, in the shape that `--combine` has for all
 * of a call. Each document keeps its words, which conftest reads its own way; and
 * the list is in a list, since conftest takes the entries of one by themselves.
 */
function asRelease(text: string): string {
  const documents = text
    .replaceAll('\r\n', '\n')
    .split(/^---$/m)
    .filter(document => /^[^#\s]/m.test(document));
  const entries = documents.flatMap(document => [
    '  - contents:',
    ...document.split('\n').map(line => line && `      ${line}`),
  ]);
  return ['-', ...entries, ''].join('\n');
}

function verdictsOf({
  namespace,
  failures,
  warnings,
}: z.infer<typeof answerSchema>[number]): Verdict[] {
  return [...failures, ...warnings].map(
    ({ msg, metadata: { kind, name, path } }) => ({
      rule: namespace.replace(RULES, '').replaceAll('_', '-'),
      kind,
      name,
      path,
      message: msg,
    }),
  );
}
