import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { InputError } from '@backstage/errors';
import {
  Rule,
  RuleIndex,
  SEVERITIES,
} from '@waymark/backstage-plugin-compliance-common';
import { parse } from 'yaml';
import { z } from 'zod';

const EXEMPTIONS = 'exemptions.yaml';
const ADMISSION = 'admission.yaml';

const exemptionSchema = z
  .object({
    rule: z.string(),
    /** Name in the catalog, and label `app.kubernetes.io/name` of its objects. */
    service: z.string().min(1),
    /** Last day on which it holds, in UTC. */
    until: z.string().date(),
    reason: z.string().optional(),
  })
  .strict();

const actionSchema = z.enum(['deny', 'warn']);

const admissionSchema = z
  .object({
    severities: z.object(
      Object.fromEntries(SEVERITIES.map(name => [name, actionSchema])) as {
        [severity in (typeof SEVERITIES)[number]]: typeof actionSchema;
      },
    ),
    rules: z.record(actionSchema).default({}),
  })
  .strict();

export type PolicyExemption = Omit<z.infer<typeof exemptionSchema>, 'reason'>;

/** What the company decides beside the rules. */
export interface Decisions {
  exemptions: PolicyExemption[];
  /** What a cluster does about what a rule refuses; on trial it only warns. */
  actionOf(rule: Rule): 'deny' | 'warn';
}

/**
 * Reads them from a folder such as `policies/`.
 *
 * @throws InputError naming what in them is wrong
 */
export function readDecisions(
  policies: string,
  { rules }: RuleIndex,
): Decisions {
  const ids = new Set(rules.map(({ id }) => id));
  const exemptions = read(policies, EXEMPTIONS, z.array(exemptionSchema));
  const admission = read(policies, ADMISSION, admissionSchema);
  const strangers = [
    ...exemptions.map(({ rule }) => [EXEMPTIONS, rule]),
    ...Object.keys(admission.rules).map(rule => [ADMISSION, rule]),
  ].filter(([, rule]) => !ids.has(rule));
  if (strangers.length > 0) {
    const [[file, rule]] = strangers;
    throw new InputError(`policies/${file}: there is no rule ${rule}`);
  }
  return {
    exemptions: exemptions.map(({ rule, service, until }) => ({
      rule,
      service,
      until,
    })),
    actionOf: ({ id, severity, trial }) =>
      trial ? 'warn' : admission.rules[id] ?? admission.severities[severity],
  };
}

function read<T extends z.ZodTypeAny>(
  policies: string,
  file: string,
  schema: T,
): z.infer<T> {
  const path = join(policies, file);
  if (!existsSync(path)) throw new InputError(`policies/${file} is missing`);
  try {
    return schema.parse(parse(readFileSync(path, 'utf8')));
  } catch (error) {
    const [issue] = error instanceof z.ZodError ? error.issues : [];
    throw new InputError(
      `policies/${file}: ${
        issue
          ? `${issue.path.join('.')}: ${issue.message}`
          : (error as Error).message
      }`,
    );
  }
}
