import { z } from 'zod';

const slug = z
  .string()
  .max(63)
  .regex(
    /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/,
    'must be lower-case words joined by dashes',
  );
const line = z
  .string()
  .min(3)
  .regex(/^[^\r\n]*$/, 'must be one line');
const prose = z.string().trim().min(20);
const tag = z.string().regex(/^[a-z0-9+#]+(-[a-z0-9+#]+)*$/);
const personId = z.string().regex(/^[a-z]+\.[a-z]+$/, 'must be first.last');

const repositoryPath = z
  .string()
  .max(200)
  .refine(
    path =>
      path
        .split('/')
        .every(
          part =>
            /^[\w.@[\]-]+$/.test(part) && part !== '..' && part !== '.git',
        ),
    'must be a plain path inside the repository',
  );

const fenced = z
  .string()
  .min(1)
  .refine(text => !text.includes('```'), 'must not contain a code fence');

const use = z.strictObject({
  ref: z
    .string()
    .regex(
      /^(api|component|resource):[a-z][a-z0-9-]*$/,
      'must be api:, component: or resource: and a name',
    ),
  for: line,
  without: line,
});

/**
 * What somebody may or may not write into a manifest. `privileged` is the one
 * that should not be there.
 */
export const HABITS = [
  'namespace',
  'registry',
  'version',
  'cpu-limits',
  'probes',
  'non-root',
  'locked-down',
  'no-token',
  'disruption-budget',
  'autoscaler',
  'network-policy',
  'spread',
  'privileged',
] as const;

const operations = z.strictObject({
  serves: z.enum(['http', 'grpc', 'web', 'worker', 'job']),
  port: z.number().int().min(1024).max(65535).default(8080),
  schedule: z.string().optional(),
  replicas: z
    .tuple([z.number().int().positive(), z.number().int().positive()])
    .default([2, 4]),
  cpu: z.string().regex(/^\d+m?$/),
  memory: z.string().regex(/^\d+(Mi|Gi)$/),
  /** Whether memory is limited; CPU is by the habit `cpu-limits`. */
  limits: z.boolean().default(true),
  /** What memory was before the commit that brings `resize`. */
  initialMemory: z
    .string()
    .regex(/^\d+(Mi|Gi)$/)
    .optional(),
  /** Values that stand in the manifest, for all to read. */
  env: z.record(z.string().regex(/^[A-Z][A-Z0-9_]*$/), line).default({}),
  /** Where its manifests differ from what its team writes. */
  manifests: z
    .strictObject({
      adds: z.array(z.enum(HABITS)).default([]),
      lacks: z.array(z.enum(HABITS)).default([]),
      /** Why the number of replicas is fixed. */
      fixed: line.optional(),
    })
    .default({ adds: [], lacks: [] }),
  pagerduty: z
    .string()
    .regex(/^P[A-Z0-9]{6}$/)
    .optional(),
  slo: line.optional(),
  dashboards: z.array(z.strictObject({ title: line, uid: slug })).default([]),
});

const alert = z.strictObject({
  name: z.string().regex(/^[A-Z][A-Za-z0-9]+$/),
  expr: z.string().min(3),
  for: z.string().regex(/^\d+[smh]$/),
  severity: z.enum(['page', 'ticket']),
  means: line,
});

const failureMode = z.strictObject({
  title: line,
  symptom: prose,
  alerts: z.array(z.string()).default([]),
  check: z.array(z.string().min(5)).min(1),
  fix: z.array(z.string().min(5)).min(1),
  /** Written after an incident: brought by `lessons`, not by `runbook`. */
  learned: z.boolean().default(false),
});

const decision = z.strictObject({
  title: line,
  status: z.string().default('Accepted'),
  context: prose,
  decision: prose,
  consequences: prose,
});

const change = z.strictObject({
  daysAgo: z.number().int().min(1).max(364),
  author: personId,
  message: z.string().trim().min(10),
  brings: z.array(z.string()).default([]),
});

/** One file of `components/`: all that is particular to one repository. */
export const componentSchema = z.strictObject({
  name: slug,
  title: line,
  description: line,
  type: z.enum([
    'service',
    'website',
    'library',
    'data-pipeline',
    'cron-job',
    'mobile-app',
  ]),
  lifecycle: z.enum(['production', 'experimental', 'deprecated']),
  owner: slug,
  system: slug,
  tier: z.number().int().min(1).max(4),
  language: z.enum(['typescript', 'go', 'kotlin', 'python', 'php']),
  tags: z.array(tag).default([]),
  successor: slug.optional(),
  provides: z
    .array(z.strictObject({ api: slug, title: line, description: line }))
    .default([]),
  uses: z.array(use).default([]),
  operations: operations.optional(),
  summary: prose,
  does: z.array(line).default([]),
  doesNot: z.array(line).default([]),
  architecture: z
    .strictObject({ text: prose, diagram: fenced, notes: prose.optional() })
    .optional(),
  usage: z
    .strictObject({
      text: prose,
      examples: z
        .array(z.strictObject({ title: line, language: slug, code: fenced }))
        .default([]),
      notes: prose.optional(),
    })
    .optional(),
  alerts: z.array(alert).default([]),
  runbook: z.array(failureMode).default([]),
  onCall: prose.optional(),
  decisions: z.array(decision).default([]),
  dependencies: z.record(z.string(), z.string()).default({}),
  source: z.record(repositoryPath, z.string().min(1)),
  workflow: z.enum(['pinned', 'floating', 'none']),
  history: z.array(change).min(3),
});

/** One sample component, validated. */
export type SampleComponent = z.infer<typeof componentSchema>;
/** One thing that can go wrong, with how to see it and what to do. */
export type FailureMode = SampleComponent['runbook'][number];

/** `company.yaml`: who may author commits, whom to wake, and how teams deploy. */
export const companySchema = z.strictObject({
  people: z.record(personId, z.string().min(3)),
  departments: z.record(slug, z.strictObject({ title: line, lead: personId })),
  teams: z.record(
    slug,
    z.strictObject({ title: line, department: slug, escalation: personId }),
  ),
  manifests: z.record(
    slug,
    z.strictObject({
      folder: z.enum(['deploy', 'k8s', 'manifests']),
      habits: z.array(z.enum(HABITS)),
    }),
  ),
});

/** See {@link HABITS}. */
export type Habit = (typeof HABITS)[number];
/** People, departments and teams as the renderer needs them. */
export type SampleOrganisation = z.infer<typeof companySchema>;
