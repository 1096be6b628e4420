import { sourceInstant } from '@waymark/backstage-plugin-dora-node';
import { z } from 'zod';

const text = z.string().max(1_000);
const texts = z
  .record(z.string(), z.string())
  .nullish()
  .transform(value => new Map(Object.entries(value ?? {})));

const sourceSchema = z.object({
  repoURL: text.nullish(),
  chart: text.nullish(),
  path: text.nullish(),
  /** Other sources take files of it; it deploys nothing itself. */
  ref: text.nullish(),
});

/** What was synced; for each source its commit, or version of a chart. */
const syncedSchema = z.object({
  revisions: z.array(text).max(100),
  /** Other parameters make another hash. */
  sourcesHash: text,
});

/** As the template of `platform/argocd/notifications.yaml` writes it. */
export const payloadSchema = z.object({
  version: z.literal(1),
  url: text.nullish(),
  application: z.object({
    uid: text.min(1),
    name: text.min(1),
    namespace: text.min(1),
    project: text.nullish(),
    labels: texts,
    annotations: texts,
    destination: z
      .object({
        server: text.nullish(),
        name: text.nullish(),
        namespace: text.nullish(),
      })
      .nullish(),
  }),
  health: z.object({
    status: text.nullish(),
    since: sourceInstant.nullish(),
  }),
  operation: syncedSchema.extend({
    phase: z.enum(['Running', 'Terminating', 'Succeeded', 'Failed', 'Error']),
    startedAt: sourceInstant,
    finishedAt: sourceInstant.nullish(),
    automated: z.boolean(),
    terminated: z.boolean(),
    dryRun: z.boolean(),
    /** Only some resources were chosen. */
    partial: z.boolean(),
    sources: z.array(sourceSchema).max(100),
  }),
  /** Operations that succeeded, oldest first; this one too, once it has. */
  history: z
    .array(
      syncedSchema.extend({
        startedAt: sourceInstant.nullish(),
        finishedAt: sourceInstant,
      }),
    )
    .max(1_000),
});

export type Payload = z.infer<typeof payloadSchema>;
