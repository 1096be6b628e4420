import { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { InputError, NotFoundError } from '@backstage/errors';
import {
  complianceReadPermission,
  LEVELS,
  Rule,
  SEVERITIES,
  Verdict,
} from '@waymark/backstage-plugin-compliance-common';
import {
  parse,
  refSchema,
  Visibility,
} from '@waymark/backstage-plugin-insights-node';
import { VerdictStore } from '../verdicts/VerdictStore';
import { FailingRules } from './FailingRules';

/** What an answer may hold: more does not help who reads it. */
const MOST_FINDINGS = 10;
const MOST_COMPONENTS = 50;
const FIRST = 5;

const attributes = { readOnly: true, destructive: false, idempotent: true };

/** The registry's own zod, which is of another version than ours. */
type Zod = Parameters<
  Parameters<ActionsRegistryService['register']>[0]['schema']['input']
>[0];

const entityRefOf = (z: Zod) =>
  z.string().max(300).describe('Such as component:default/pricing-service');

const findingsSchema = (z: Zod) =>
  z.array(
    z.object({
      message: z.string(),
      file: z.string().optional(),
      line: z.number().optional(),
      value: z.string().optional(),
    }),
  );

const failingOfSchema = (z: Zod) =>
  z.object({
    id: z.string(),
    title: z.string(),
    track: z.string(),
    severity: z.string(),
    onTrial: z
      .boolean()
      .optional()
      .describe('It is judged and counts for no score yet'),
    why: z.string(),
    fix: z.string(),
    findings: findingsSchema(z),
  });

/** Offers scores and rules to programs that speak for a person. */
export function registerActions(
  registry: ActionsRegistryService,
  services: {
    failing: FailingRules;
    rules(): Promise<readonly Rule[]>;
    verdicts: VerdictStore;
    visibility: Visibility;
  },
): void {
  const { failing, verdicts, visibility } = services;

  const standingOf = async (text: string, caller: BackstageCredentials) => {
    const entityRef = parse(refSchema, text);
    await visibility.see(entityRef, caller);
    const standing = await verdicts.standing(entityRef);
    if (!standing?.evaluatedAt || !standing.total) {
      throw new NotFoundError(`${entityRef} has not been looked at yet`);
    }
    return { entityRef, standing };
  };
  const failingOf = async (found: readonly Verdict[]) => {
    const rules = worstFirst(await services.rules());
    return rules.flatMap(rule => {
      const verdict = found.find(one => one.rule === rule.id);
      return verdict?.outcome === 'fail'
        ? [{ ...about(rule), findings: findingsOf(verdict) }]
        : [];
    });
  };

  registry.register({
    name: 'read-score',
    title: 'Read the compliance score of a component',
    description:
      'Says how well a component keeps the rules of the company: a score from 0 to 100 over all, a score and a level (bronze, silver, gold) for each track, and which failing rules to mend first, the heaviest first.',
    visibilityPermission: complianceReadPermission,
    attributes,
    schema: {
      input: z => z.object({ entityRef: entityRefOf(z) }),
      output: z =>
        z.object({
          entityRef: z.string(),
          evaluatedAt: z.string(),
          score: z
            .number()
            .optional()
            .describe('None where no rule concerns the component'),
          failed: z.number(),
          unknown: z.number(),
          exempt: z.number(),
          tracks: z.array(
            z.object({
              track: z.string(),
              score: z.number().optional(),
              level: z.string(),
            }),
          ),
          fixFirst: z.array(failingOfSchema(z)),
        }),
    },
    action: async ({ input, credentials }) => {
      const { entityRef, standing } = await standingOf(
        input.entityRef,
        credentials,
      );
      const { score, failed, unknown, exempt } = standing.total!;
      const rules = await failingOf(standing.verdicts);
      return {
        output: {
          entityRef,
          evaluatedAt: standing.evaluatedAt!.toISOString(),
          ...(score !== undefined && { score }),
          failed,
          unknown,
          exempt,
          tracks: standing.tracks.map(({ track, score: own, level }) => ({
            track,
            ...(own !== undefined && { score: own }),
            level,
          })),
          fixFirst: rules.filter(({ onTrial }) => !onTrial).slice(0, FIRST),
        },
      };
    },
  });

  registry.register({
    name: 'list-failing-rules',
    title: 'List the rules that a component or a team breaks',
    description:
      'For a component (entityRef): each rule that it fails, with the places. For an owner: each rule that components of the group fail, with those components. The heaviest rules come first.',
    visibilityPermission: complianceReadPermission,
    attributes,
    schema: {
      input: z =>
        z.object({
          entityRef: entityRefOf(z).optional(),
          owner: z
            .string()
            .max(300)
            .optional()
            .describe('A group, such as group:default/checkout'),
        }),
      output: z =>
        z.object({
          rules: z.array(
            failingOfSchema(z)
              .partial({ findings: true })
              .extend({
                components: z.array(z.string()).optional(),
                moreComponents: z.number().optional(),
              }),
          ),
        }),
    },
    action: async ({ input: { entityRef, owner }, credentials }) => {
      if ((entityRef === undefined) === (owner === undefined)) {
        throw new InputError('Say either an entityRef or an owner');
      }
      if (entityRef !== undefined) {
        const { standing } = await standingOf(entityRef, credentials);
        return { output: { rules: await failingOf(standing.verdicts) } };
      }
      const visible = await visibility.of(credentials);
      const found = await failing.ofOwner(parse(refSchema, owner), visible);
      const byRule = new Map(found.map(one => [one.rule, one.components]));
      const rules = worstFirst(await services.rules()).flatMap(rule => {
        const components = byRule.get(rule.id);
        if (!components) return [];
        const more = components.length - MOST_COMPONENTS;
        return [
          {
            ...about(rule),
            components: components.slice(0, MOST_COMPONENTS),
            ...(more > 0 && { moreComponents: more }),
          },
        ];
      });
      return { output: { rules } };
    },
  });

  registry.register({
    name: 'explain-rule',
    title: 'Explain a compliance rule',
    description:
      'Says what a rule asks, why it matters and how to mend it, with its README; for a component (entityRef) also what the rule says of it and where.',
    visibilityPermission: complianceReadPermission,
    attributes,
    schema: {
      input: z =>
        z.object({
          id: z.string().max(100).describe('Such as resource-limits'),
          entityRef: entityRefOf(z).optional(),
        }),
      output: z =>
        z.object({
          id: z.string(),
          title: z.string(),
          description: z.string(),
          track: z.string(),
          severity: z.string(),
          level: z.string(),
          onTrial: z.boolean().optional(),
          why: z.string(),
          fix: z.string(),
          pullRequestOffered: z.boolean(),
          readme: z.string(),
          verdict: z
            .object({
              outcome: z.string(),
              reason: z.string().optional(),
              findings: findingsSchema(z),
            })
            .optional(),
        }),
    },
    action: async ({ input: { id, entityRef }, credentials }) => {
      const rule = (await services.rules()).find(one => one.id === id);
      await visibility.require(
        complianceReadPermission,
        credentials,
        'read scores',
      );
      if (!rule) throw new NotFoundError(`There is no rule ${id}`);
      const found =
        entityRef === undefined
          ? undefined
          : await standingOf(entityRef, credentials);
      const verdict = found?.standing.verdicts.find(one => one.rule === id);
      return {
        output: {
          ...about(rule),
          description: rule.description,
          level: rule.level,
          pullRequestOffered: rule.pullRequest !== undefined,
          readme: rule.readme,
          ...(verdict && {
            verdict: {
              outcome: verdict.outcome,
              ...(verdict.reason && { reason: verdict.reason }),
              findings: findingsOf(verdict),
            },
          }),
        },
      };
    },
  });
}

function about({ id, title, track, severity, trial, why, fix }: Rule) {
  return {
    id,
    title,
    track,
    severity,
    ...(trial && { onTrial: true }),
    why,
    fix,
  };
}

function findingsOf({ findings }: Verdict) {
  return findings.slice(0, MOST_FINDINGS);
}

function worstFirst(rules: readonly Rule[]): Rule[] {
  const rank = ({ severity, level }: Rule) =>
    SEVERITIES.indexOf(severity) * LEVELS.length + LEVELS.indexOf(level);
  return [...rules].sort(
    (one, other) => rank(one) - rank(other) || (one.id < other.id ? -1 : 1),
  );
}
