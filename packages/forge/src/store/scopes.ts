import { join } from 'node:path';
import { z } from 'zod';
import { ForgeLogger } from '../options';
import { Collection } from './collection';
import {
  deliverySchema,
  DeliveryRecord,
  deploymentSchema,
  DeploymentRecord,
  environmentSchema,
  EnvironmentRecord,
  hookSchema,
  HookRecord,
  issueSchema,
  IssueRecord,
  protectionSchema,
  ProtectionRecord,
  releaseSchema,
  ReleaseRecord,
  runSchema,
  RunRecord,
  statusesSchema,
  StatusesRecord,
} from './records';

/** Webhooks and their deliveries, of a repository or an organisation. */
export interface HookScope {
  hooks: Collection<HookRecord>;
  deliveries: Collection<DeliveryRecord>;
}

/** The records which belong to one repository. */
export interface RepositoryRecords extends HookScope {
  issues: Collection<IssueRecord>;
  environments: Collection<EnvironmentRecord>;
  deployments: Collection<DeploymentRecord>;
  protections: Collection<ProtectionRecord>;
  releases: Collection<ReleaseRecord>;
  statuses: Collection<StatusesRecord>;
  runs: Collection<RunRecord>;
}

const byId = (value: { id: number }) => String(value.id);

/** Reads the hooks below a folder. */
export async function openHooks(
  dir: string,
  logger: ForgeLogger,
): Promise<HookScope> {
  return {
    hooks: await Collection.open({
      dir: join(dir, 'hooks'),
      schema: hookSchema,
      keyOf: byId,
      logger,
    }),
    deliveries: await Collection.open({
      dir: join(dir, 'deliveries'),
      schema: deliverySchema,
      keyOf: byId,
      logger,
    }),
  };
}

/** Reads everything of one repository below a folder. */
export async function openRecords(
  dir: string,
  logger: ForgeLogger,
): Promise<RepositoryRecords> {
  const open = <S extends z.ZodTypeAny>(
    name: string,
    schema: S,
    keyOf: (value: z.output<S>) => string,
  ) => Collection.open({ dir: join(dir, name), schema, keyOf, logger });
  return {
    ...(await openHooks(dir, logger)),
    issues: await open('issues', issueSchema, value => String(value.number)),
    environments: await open('environments', environmentSchema, value =>
      value.name.toLowerCase(),
    ),
    deployments: await open('deployments', deploymentSchema, byId),
    protections: await open(
      'protections',
      protectionSchema,
      value => value.branch,
    ),
    releases: await open('releases', releaseSchema, byId),
    statuses: await open('statuses', statusesSchema, value => value.sha),
    runs: await open('runs', runSchema, byId),
  };
}
