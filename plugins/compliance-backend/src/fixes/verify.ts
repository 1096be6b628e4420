import { Entity } from '@backstage/catalog-model';
import { ConflictError } from '@backstage/errors';
import {
  Facts,
  FactErrors,
  Rule,
  Verdict,
} from '@waymark/backstage-plugin-compliance-common';
import {
  judge,
  PolicyEngine,
  RawReport,
} from '@waymark/backstage-plugin-compliance-node';
import { z } from 'zod';
import { dayOf } from '../database/time';
import { Denial } from './Fix';

const SECRETS = 'no-secret-in-repository';

const denialSchema = z.object({
  kind: z.string().optional(),
  name: z.string().optional(),
  environment: z.string().optional(),
  path: z.array(z.union([z.string(), z.number()])).optional(),
});
const secretSchema = z.object({ file: z.string() });

/** What a rule says of facts, and all that was said. */
export interface Asked {
  verdict: Verdict;
  denials: Denial[];
  report: RawReport;
}

/** Asks a rule about facts that may be nobody's yet. */
export async function ask(
  engine: PolicyEngine,
  rule: Rule,
  facts: Omit<Facts, 'apiVersion' | 'kind'>,
  errors: FactErrors,
): Promise<Asked> {
  const today = dayOf(new Date());
  const input: Facts = {
    apiVersion: 'waymark.dev/v1',
    kind: 'Facts',
    ...facts,
  };
  const report = await engine.evaluate(input, today);
  const [verdict] = judge({
    rules: [rule],
    report,
    facts: input,
    errors,
    today,
  });
  const answer = report[rule.id];
  const denials =
    answer && 'deny' in answer
      ? z.array(denialSchema).catch([]).parse(answer.deny)
      : [];
  return { verdict, denials, report };
}

/** @throws ConflictError where one of the files holds a secret, or may do so */
export function refuseSecrets(
  { report }: Asked,
  files: Iterable<string>,
): void {
  const answer = report[SECRETS];
  if (!answer || 'error' in answer) {
    throw new ConflictError(
      'It cannot be said now whether a secret would show.',
    );
  }
  const held = new Set(
    z
      .array(secretSchema)
      .parse(answer.deny)
      .map(({ file }) => file),
  );
  for (const file of files) {
    if (held.has(file)) {
      throw new ConflictError(
        `${file} holds what looks like a secret: revoke it and take it out first.`,
      );
    }
  }
}

/** The entity as the catalog would have it, once its file is merged. */
export function withDocument(entity: Entity, document: unknown): Entity {
  const { metadata, spec } = (document ?? {}) as Partial<Entity>;
  return {
    ...entity,
    metadata: {
      ...entity.metadata,
      ...metadata,
      annotations: {
        ...entity.metadata.annotations,
        ...metadata?.annotations,
      },
    },
    spec: { ...entity.spec, ...spec },
  };
}
