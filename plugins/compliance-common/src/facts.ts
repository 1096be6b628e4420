import { z } from 'zod';
import { Part } from './rules';

const objectSchema = z.record(z.string(), z.unknown());

/** A file of a repository. */
const fileSchema = z.object({
  /** Below the root, with forward slashes. */
  path: z.string(),
  /** Of text up to 256 KiB; left out for anything else. */
  text: z.string().optional(),
  /** What YAML, JSON or TOML says; one entry for each YAML document. */
  documents: z.array(z.unknown()).optional(),
  /** Why a file that a rule may read has no text or no documents. */
  error: z.string().optional(),
});

/** The component's entity and those it stands beside. */
export const catalogFactsSchema = z.object({
  entity: objectSchema,
  /** The entity that owns it; null where `spec.owner` leads to none. */
  owner: objectSchema.nullable().optional(),
  /** The API entities it provides. */
  apis: z.array(objectSchema).optional(),
});

/** The files that rules read, of the branch that is deployed. */
export const repositoryFactsSchema = z.object({
  /** Where people read it. */
  url: z.string().optional(),
  branch: z.string().optional(),
  commit: z.string().optional(),
  /** All paths; text and documents only of files that a rule may read. */
  files: z.array(fileSchema),
});

/** What the repository's chart makes, or its manifests; no releases without. */
export const manifestFactsSchema = z.object({
  /** Why there are no releases, where there are charts. */
  none: z.string().optional(),
  releases: z.array(
    z.object({
      /**
       * `production`, as its values file or its folder of manifests is called;
       * `default` or `manifests` where there is one for all.
       */
      environment: z.string(),
      objects: z.array(objectSchema),
      /** The repository's file of each object; null for a dependency's. */
      templates: z.array(z.string().nullable()).optional(),
      /** Values files, the one that counts most first. */
      values: z.array(z.string()).optional(),
    }),
  ),
});

/** How the Git host guards what is merged and deployed. */
export const deliveryFactsSchema = z.object({
  /** Of the default branch; null where it is not protected. */
  protection: z
    .object({
      requiredChecks: z.array(z.string()),
      requiredReviews: z.number().int(),
      forcePushes: z.boolean(),
    })
    .nullable(),
  environments: z.array(
    z.object({ name: z.string(), reviewers: z.number().int() }),
  ),
  archived: z.boolean(),
  /** When the newest commit of the default branch was made, RFC 3339. */
  lastCommitAt: z.string().optional(),
});

/** How the component's reliability is stated and watched. */
export const sloFactsSchema = z.object({
  /** OpenSLO documents of `slo/`. */
  documents: z.array(z.object({ file: z.string(), document: objectSchema })),
  /** Alerting rules of `monitoring/`. */
  alerts: z.array(
    z.object({
      file: z.string(),
      name: z.string(),
      labels: z.record(z.string(), z.string()),
      annotations: z.record(z.string(), z.string()),
      /** In PromQL; rules read its windows. */
      expr: z.string().optional(),
    }),
  ),
  /** Grafana dashboards, by path or address. */
  dashboards: z.array(z.string()),
  /** Who is paged: a PagerDuty or Opsgenie service, a receiver of Alertmanager. */
  paging: z.array(z.string()),
});

/**
 * What is known about a component, and the input of every rule. A part that is
 * left out is not known, and `errors` says why; no rule passes or fails by it. A
 * part that is null is not there to be known, such as the files of a component
 * without a repository: rules that read it do not apply.
 */
export const factsSchema = z.object({
  apiVersion: z.literal('waymark.dev/v1'),
  kind: z.literal('Facts'),
  /** The day in UTC on which rules are asked, `2026-12-31`: they have no clock. */
  today: z.string().optional(),
  catalog: catalogFactsSchema.optional(),
  repository: repositoryFactsSchema.nullable().optional(),
  manifest: manifestFactsSchema.nullable().optional(),
  delivery: deliveryFactsSchema.nullable().optional(),
  slo: sloFactsSchema.nullable().optional(),
});

export type CatalogFacts = z.infer<typeof catalogFactsSchema>;
export type RepositoryFacts = z.infer<typeof repositoryFactsSchema>;
export type ManifestFacts = z.infer<typeof manifestFactsSchema>;
export type DeliveryFacts = z.infer<typeof deliveryFactsSchema>;
export type SloFacts = z.infer<typeof sloFactsSchema>;
export type Facts = z.infer<typeof factsSchema>;

/** Why a part of the facts is not known, in words for the owner. */
export type FactErrors = Partial<Record<Part, string>>;
