import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { placeOfField } from '@waymark/backstage-plugin-compliance-node';
import { z } from 'zod';
import { Problem } from '../../problem';
import {
  conftestArguments,
  readVerdicts,
  REGO,
  Verdict,
} from '../tools/policies';
import { Context, readProblems, tool, yamlFiles } from '../tools/tool';

const POLICIES = 'policies';

const testsSchema = z.array(
  z.object({
    name: z.string(),
    fail: z.boolean().default(false),
    error: z.unknown(),
    location: z.object({ file: z.string(), row: z.number() }),
  }),
);

/** That the rules compile, pass their tests and say what their examples show. */
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
  const folder = join(context.folder, POLICIES);
  const rules = readdirSync(folder)
    .filter(name => existsSync(join(folder, name, 'rule.rego')))
    .sort();
  for (const rule of rules) await checkExamples(context, rule);
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

/** Good examples are refused by no rule, bad ones by their own and no other. */
async function checkExamples(context: Context, rule: string): Promise<void> {
  const { problems } = context.findings;
  const check = `policies/${rule}`;
  for (const kind of ['good', 'bad']) {
    const files = yamlFiles(context, `${POLICIES}/${rule}/${kind}`);
    if (files.length === 0) {
      const file = `${POLICIES}/${rule}/rule.rego`;
      const message = `has no example in ${kind}/`;
      problems.push({ check, file, line: 1, message });
    }
    for (const file of files) {
      const verdicts = await ask(context, file);
      if (!verdicts) return;
      const own = verdicts.filter(verdict => verdict.rule === rule);
      if (kind === 'bad' && own.length === 0) {
        const message = `${rule} does not refuse this bad example`;
        problems.push({ check, file, line: 1, message });
      }
      const text = readFileSync(join(context.folder, file), 'utf8');
      const wrong =
        kind === 'bad' ? verdicts.filter(v => v.rule !== rule) : verdicts;
      for (const { rule: other, path, message } of wrong) {
        problems.push({
          check: `policies/${other}`,
          ...placeOfField([{ file, text }], path),
          message: `${other} refuses this ${kind} example: ${message}`,
        });
      }
    }
  }
}

/** What the rules say of an example; nothing where conftest cannot be asked. */
async function ask(
  context: Context,
  file: string,
): Promise<Verdict[] | undefined> {
  const { problems, skipped } = context.findings;
  const ended = await tool(
    { ...context, findings: { problems: [], skipped } },
    'conftest',
    [...conftestArguments(context.root), file],
  );
  if (!ended) return undefined;
  try {
    return readVerdicts(ended.output);
  } catch {
    problems.push(...readProblems('conftest', ended.output, REGO));
    return undefined;
  }
}
