import { InputError } from '@backstage/errors';
import {
  PARTS,
  RuleIndex,
  ruleIndexSchema,
} from '@waymark/backstage-plugin-compliance-common';
import { z } from 'zod';
import { Opa } from './opa';
import { Sources } from './sources';

const inspectionSchema = z.object({
  annotations: z.array(
    z.object({
      annotations: z.object({
        scope: z.string(),
        title: z.string().optional(),
        description: z.string().optional(),
        custom: z.record(z.unknown()).optional(),
      }),
      location: z.object({ file: z.string() }),
    }),
  ),
});

/**
 * What the metadata above the rules and their READMEs say.
 *
 * @throws InputError naming every rule whose metadata is not as it must be
 */
export async function readRuleIndex(
  opa: Opa,
  { rules, revision, read }: Sources,
): Promise<RuleIndex> {
  const { annotations } = inspectionSchema.parse(
    JSON.parse(
      await opa(['inspect', '--annotations', '--format', 'json', '.']),
    ),
  );
  const wrong: string[] = [];
  const entries = rules.map(id => {
    const found = annotations.find(
      ({ annotations: { scope }, location }) =>
        scope === 'package' && location.file === `${id}/rule.rego`,
    )?.annotations;
    const custom = found?.custom ?? {};
    if (found && custom.id !== id) {
      wrong.push(`${id}: custom.id is ${custom.id}, and the folder ${id}`);
    }
    return {
      id,
      title: found?.title,
      description: found?.description,
      severity: custom.severity,
      track: custom.track,
      level: custom.level,
      input: custom.input,
      needs: needsOf(custom),
      ...(custom.needs_to_fail !== undefined && {
        needsToFail: custom.needs_to_fail,
      }),
      why: custom.why,
      fix: custom.fix,
      ...(custom.trial !== undefined && { trial: custom.trial }),
      ...(custom.pull_request !== undefined && {
        pullRequest: custom.pull_request,
      }),
      readme: readme(read, id),
    };
  });
  const parsed = ruleIndexSchema.safeParse({ revision, rules: entries });
  if (!parsed.success) {
    wrong.push(
      ...parsed.error.issues.map(({ path, message }) => {
        const id = entries[Number(path[1])]?.id;
        return `${id}: ${path.slice(2).join('.')}: ${message}`;
      }),
    );
  }
  for (const { id, needs, needsToFail } of entries) {
    for (const need of [needs, needsToFail].flat().filter(isText)) {
      if (!PARTS.some(part => new RegExp(`^${part}([.:]|$)`).test(need))) {
        wrong.push(`${id}: needs ${need}, which is no path into the facts`);
      }
    }
  }
  if (!parsed.success || wrong.length > 0) {
    throw new InputError(`policies/:\n  ${wrong.join('\n  ')}`);
  }
  return parsed.data;
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

/** Without word of it, a rule needs the part that it reads. */
function needsOf({ needs, input }: Record<string, unknown>): unknown {
  return needs ?? [input];
}

function readme(read: Sources['read'], id: string): string | undefined {
  try {
    return read(`${id}/README.md`);
  } catch {
    return undefined;
  }
}
