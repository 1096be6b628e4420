import { Request, Response, Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { z } from 'zod';
import { Context, now } from '../context';
import { ApiError, invalid, notFound } from '../errors';
import {
  findEnvironment,
  isEnvironmentName,
  newEnvironment,
} from '../services/environments';
import { environmentShape } from '../shapes/environment';
import { EnvironmentRecord, RepositoryRecord } from '../store/records';
import { nodeId } from '../urls';
import {
  bodyOf,
  changeOf,
  numberOf,
  paginate,
  repositoryOf,
  viewerOf,
} from './support';
import { addVaultRoutes } from './vault';

const environmentBody = z.object({
  wait_timer: z.number().int().min(0).max(43200).nullish(),
  prevent_self_review: z.boolean().nullish(),
  reviewers: z
    .array(z.object({ type: z.enum(['User', 'Team']), id: z.number().int() }))
    .max(6)
    .nullish(),
  deployment_branch_policy: z
    .object({
      protected_branches: z.boolean(),
      custom_branch_policies: z.boolean(),
    })
    .nullish(),
});
const policyBody = z.object({
  name: z.string().min(1).max(255),
  type: z.enum(['branch', 'tag']).default('branch'),
});

/** Deployment environments with their policies, variables and secrets. */
export function environmentRoutes(context: Context): Router {
  const router = PromiseRouter();
  const { store, access } = context;
  const base = '/repos/:owner/:repo/environments';
  const one = `${base}/:environment`;

  const read = (req: Request, res: Response) => {
    const repository = repositoryOf(context, req, res);
    return {
      repository,
      environment: findEnvironment(context, repository, req.params.environment),
    };
  };
  const change = (req: Request, res: Response) => {
    const { repository } = changeOf(context, req, res, 'admin');
    return {
      repository,
      environment: findEnvironment(context, repository, req.params.environment),
    };
  };
  const save = (
    repository: RepositoryRecord,
    record: EnvironmentRecord,
  ): Promise<void> =>
    store.of(repository).environments.put({ ...record, updatedAt: now() });

  router.get(base, (req, res) => {
    const repository = repositoryOf(context, req, res);
    const all = store.of(repository).environments.list();
    res.json({
      total_count: all.length,
      environments: paginate(context, req, res, all).map(record =>
        environmentShape(context, repository, record),
      ),
    });
  });
  router.get(one, (req, res) => {
    const { repository, environment } = read(req, res);
    res.json(environmentShape(context, repository, environment));
  });
  router.put(one, async (req, res) => {
    const { repository } = changeOf(context, req, res, 'admin');
    const name = req.params.environment;
    if (!isEnvironmentName(name)) {
      throw invalid('Environment', 'name');
    }
    const body = bodyOf(req, environmentBody, 'Environment');
    const policy = body.deployment_branch_policy ?? null;
    if (policy && policy.protected_branches === policy.custom_branch_policies) {
      throw new ApiError(
        422,
        'protected_branches and custom_branch_policies cannot have the same value',
      );
    }
    const known = store.of(repository).environments.get(name.toLowerCase());
    const record: EnvironmentRecord = {
      ...(known ?? newEnvironment(context, name)),
      waitTimer: body.wait_timer ?? 0,
      preventSelfReview: body.prevent_self_review ?? false,
      reviewers: body.reviewers ?? [],
      branchPolicy: policy,
      policies: policy?.custom_branch_policies ? known?.policies ?? [] : [],
    };
    await save(repository, record);
    res.json(environmentShape(context, repository, record));
  });
  router.delete(one, async (req, res) => {
    const { repository, environment } = change(req, res);
    await store
      .of(repository)
      .environments.delete(environment.name.toLowerCase());
    res.status(204).end();
  });

  const policyShape = (policy: EnvironmentRecord['policies'][number]) => ({
    id: policy.id,
    node_id: nodeId('DeploymentBranchPolicy', policy.id),
    name: policy.name,
    type: policy.type,
  });
  const policies = `${one}/deployment-branch-policies`;
  router.get(policies, (req, res) => {
    const { environment } = read(req, res);
    res.json({
      total_count: environment.policies.length,
      branch_policies: paginate(context, req, res, environment.policies).map(
        policyShape,
      ),
    });
  });
  router.post(policies, async (req, res) => {
    const { repository, environment } = change(req, res);
    const body = bodyOf(req, policyBody, 'DeploymentBranchPolicy');
    if (!environment.branchPolicy?.custom_branch_policies) {
      throw notFound();
    }
    const known = environment.policies.find(
      policy => policy.name === body.name && policy.type === body.type,
    );
    if (known) {
      // GitHub answers 303 and the one that is there; clients follow it.
      res.json(policyShape(known));
      return;
    }
    const policy = { id: store.newId(), ...body };
    await save(repository, {
      ...environment,
      policies: [...environment.policies, policy],
    });
    res.json(policyShape(policy));
  });
  router.delete(`${policies}/:id`, async (req, res) => {
    const { repository, environment } = change(req, res);
    const id = numberOf(req, 'id');
    await save(repository, {
      ...environment,
      policies: environment.policies.filter(policy => policy.id !== id),
    });
    res.status(204).end();
  });

  const byId = '/repositories/:repository_id/environments/:environment';
  const vaultRepository = (req: Request, res: Response) => {
    access.someone(viewerOf(res));
    const { repository_id: id } = req.params;
    if (id === undefined) {
      return changeOf(context, req, res, 'push').repository;
    }
    const record = store.repositories.get(id);
    if (!record) {
      throw notFound();
    }
    return access.repository(viewerOf(res), record.owner, record.name, 'push');
  };
  addVaultRoutes(
    router,
    context,
    {
      variables: [`${one}/variables`, `${byId}/variables`],
      secrets: [`${one}/secrets`, `${byId}/secrets`],
    },
    {
      read: (req, res) =>
        findEnvironment(
          context,
          vaultRepository(req, res),
          req.params.environment,
        ),
      update: async (req, res, update) => {
        const repository = vaultRepository(req, res);
        await save(
          repository,
          update(findEnvironment(context, repository, req.params.environment)),
        );
      },
    },
  );
  return router;
}
