import { z } from 'zod';

/** What rules are about; each is scored and levelled by itself, too. */
export const TRACKS = [
  'ownership',
  'kubernetes',
  'delivery',
  'reliability',
  'security',
] as const;

/** How bad it is to break a rule, worst first. */
export const SEVERITIES = ['critical', 'high', 'medium', 'low'] as const;

/** Lowest first: a level is reached when all rules up to it are kept. */
export const LEVELS = ['bronze', 'silver', 'gold'] as const;

/** The parts of the facts about a component, each from a collector of its own. */
export const PARTS = [
  'catalog',
  'repository',
  'manifest',
  'delivery',
  'slo',
] as const;

/** A rule of `policies/`, as its metadata says. */
export const ruleSchema = z.object({
  /** Name of its folder: the same in the portal, in CI and at admission. */
  id: z.string().regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/),
  title: z.string().min(1),
  description: z.string().min(1),
  severity: z.enum(SEVERITIES),
  track: z.enum(TRACKS),
  level: z.enum(LEVELS),
  /** The part of the facts that it reads. */
  input: z.enum(PARTS),
  /** What must be known for a verdict, as paths into the facts: `catalog.owner`. */
  needs: z.array(z.string()),
  /**
   * What must be known besides before the rule fails: each may keep it, and none
   * has to, such as a page that stands in for a paging service.
   */
  needsToFail: z.array(z.string()).optional(),
  /** Why it matters. */
  why: z.string().min(1),
  /** How to mend it. */
  fix: z.string().min(1),
  /**
   * On trial: it is judged and shown, and CI and admission warn, but no score or
   * level counts it, until a campaign ends by making it a standing rule.
   */
  trial: z.boolean().optional(),
  /** A mend that Waymark can offer as a pull request, by name. */
  pullRequest: z.string().optional(),
  /** The folder's README.md. */
  readme: z.string(),
});

/** What `./waymark policies build` makes of `policies/`, beside the bundle. */
export const ruleIndexSchema = z.object({
  /** SHA-256 of the rules: a verdict says which state of them it comes from. */
  revision: z.string(),
  rules: z.array(ruleSchema),
});

export type Track = (typeof TRACKS)[number];
export type Severity = (typeof SEVERITIES)[number];
export type Level = (typeof LEVELS)[number];
export type Part = (typeof PARTS)[number];
export type Rule = z.infer<typeof ruleSchema>;
export type RuleIndex = z.infer<typeof ruleIndexSchema>;
