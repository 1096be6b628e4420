import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { placeOfField } from '@waymark/backstage-plugin-compliance-node';
import { z } from 'zod';
import { checkSyntax } from '../../checks';
import { Problem } from '../../problem';
import { checkBundle } from '../tools/bundle';
import { askRules, REGO, Verdict } from '../tools/policies';
import { Context, tool, yamlFiles } from '../tools/tool';

const POLICIES = 'policies';
const KINDS = ['good', 'bad'] as const;

/** A file of a rule's `good/` or `bad/`. */
interface Example {
  rule: string;
  kind: (typeof KINDS)[number];
  /** Below the checkout. */
  file: string;
  text: string;
}

const testsSchema = z.array(
  z.object({
    name: z.string(),
    fail: z.boolean().default(false),
    error: z.unknown(),
    location: z.object({ file: z.string(), row: z.number() }),
  }),
);

/**
 * That the rules compile, pass their tests, are those that pipelines run, and say
 * what their examples show.
 */
export async function checkPolicyRules(context: Context): Promise<void> {
  const compiled = await tool(
    context,
    'opa',
    ['check', '--strict', '--bundle', POLICIES],
    { pattern: REGO },
  );
  if (compiled && compiled.code !== 0) return;
  await tool(
    context,
    'opa',
    ['test', '--bundle', POLICIES, '--format', 'json'],
    { read: readTests, pattern: REGO },
  );
  const bundle = await checkBundle(context.root, context.toolbox);
  context.findings.problems.push(...bundle.problems);
  // What other rules say of the examples tells nothing about these.
  if (bundle.problems.length > 0) return;
  await checkExamples(context);
}

function readTests(output: string): Problem[] {
  return testsSchema
    .parse(JSON.parse(output))
    .filter(({ fail, error }) => fail || error)
    .map(({ name, location }) => ({
      check: 'opa',
      file: location.file,
      line: location.row,
      message: `${name} fails`,
    }));
}

async function checkExamples(context: Context): Promise<void> {
  const { problems } = context.findings;
  const folder = join(context.folder, POLICIES);
  const rules = readdirSync(folder)
    .filter(name => existsSync(join(folder, name, 'rule.rego')))
    .sort();
  const examples = rules.flatMap(rule =>
    KINDS.map(kind => {
      const files = yamlFiles(context, `${POLICIES}/${rule}/${kind}`);
      return { rule, kind, files };
    }),
  );
  const texts = new Map(
    examples
      .flatMap(({ files }) => files)
      .map(file => [file, readFileSync(join(context.folder, file), 'utf8')]),
  );
  const unreadable = checkSyntax(texts);
  problems.push(...unreadable);
  for (const { file } of unreadable) texts.delete(file!);
  const verdicts = await askRules(context, [...texts.keys()]);
  for (const { rule, kind, files } of examples) {
    if (files.length === 0) {
      problems.push({
        check: `policies/${rule}`,
        file: `${POLICIES}/${rule}/rule.rego`,
        line: 1,
        message: `has no example in ${kind}/`,
      });
    }
    for (const file of files) {
      const text = texts.get(file);
      const said = verdicts?.get(file);
      if (text === undefined || !said) continue;
      problems.push(...judge({ rule, kind, file, text }, said));
    }
  }
}

/** Good examples are refused by no rule, bad ones by their own and no other. */
function judge(
  { rule, kind, file, text }: Example,
  verdicts: readonly Verdict[],
): Problem[] {
  const others =
    kind === 'bad' ? verdicts.filter(one => one.rule !== rule) : verdicts;
  const wrong = others.map(({ rule: other, path, message }) => ({
    check: `policies/${other}`,
    ...placeOfField([{ file, text }], path),
    message: `${other} refuses this ${kind} example: ${message}`,
  }));
  if (kind === 'good' || verdicts.some(one => one.rule === rule)) return wrong;
  const message = `${rule} does not refuse this bad example`;
  return [{ check: `policies/${rule}`, file, line: 1, message }, ...wrong];
}
