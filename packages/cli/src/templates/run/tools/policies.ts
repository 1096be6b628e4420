import { join } from 'node:path';
import { z } from 'zod';
import { Problem } from '../../problem';
import { Release } from './release';
import { Context, tool } from './tool';

const RULES = 'waymark.rules.';
/** A rule that does not compile, in the words of opa and conftest. */
export const REGO = /(?<file>[^\s:]+\.rego):(?<line>\d+): (?<message>.+)/g;

const answerSchema = z.array(
  z.object({
    namespace: z.string(),
    failures: z
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
      .default([]),
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

/** How conftest is called: every rule, on all of a release at once. */
export function conftestArguments(root: string): string[] {
  return [
    'test',
    '--all-namespaces',
    '--combine',
    '--output',
    'json',
    '--policy',
    join(root, 'policies'),
  ];
}

/** That a release keeps to the rules of `policies/`. */
export async function checkPolicies(
  context: Context,
  release: Release,
): Promise<void> {
  await tool(
    context,
    'conftest',
    [...conftestArguments(context.root), release.manifests],
    {
      pattern: REGO,
      read: output =>
        readVerdicts(output).map(
          ({ rule, kind, name, path, message }): Problem => ({
            check: `policies/${rule}`,
            ...release.placeOfField(kind, name, path),
            message: `${release.environment}: ${message}`,
          }),
        ),
    },
  );
}

/** What conftest's JSON says. */
export function readVerdicts(output: string): Verdict[] {
  return answerSchema
    .parse(JSON.parse(output))
    .flatMap(({ namespace, failures }) =>
      failures.map(({ msg, metadata: { kind, name, path } }) => ({
        rule: namespace.replace(RULES, '').replaceAll('_', '-'),
        kind,
        name,
        path,
        message: msg,
      })),
    );
}
