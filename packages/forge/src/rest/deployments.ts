import { Request, Response, Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { z } from 'zod';
import { Account } from '../accounts';
import { Context, now } from '../context';
import { ApiError, notFound } from '../errors';
import { isEnvironmentName, newEnvironment } from '../services/environments';
import { hasPassed } from '../services/protection';
import { deploymentShape, deploymentStatusShape } from '../shapes/environment';
import {
  DEPLOYMENT_STATES,
  DeploymentRecord,
  DeploymentStatus,
  RepositoryRecord,
} from '../store/records';
import {
  bodyOf,
  changeOf,
  commitOf,
  numberOf,
  paginate,
  queryOf,
  repositoryOf,
} from './support';

const environmentName = z.string().refine(isEnvironmentName);
const deploymentBody = z.object({
  ref: z.string().min(1),
  task: z.string().max(100).default('deploy'),
  auto_merge: z.boolean().default(true),
  required_contexts: z.array(z.string()).nullish(),
  payload: z.union([z.record(z.unknown()), z.string()]).default({}),
  environment: environmentName.default('production'),
  description: z.string().max(140).nullish(),
  transient_environment: z.boolean().default(false),
  production_environment: z.boolean().optional(),
});
const statusBody = z.object({
  state: z.enum(DEPLOYMENT_STATES),
  target_url: z.string().max(2000).optional(),
  log_url: z.string().max(2000).optional(),
  description: z.string().max(140).default(''),
  environment: environmentName.optional(),
  environment_url: z.string().max(2000).default(''),
  auto_inactive: z.boolean().default(true),
});

/** Deployments and their statuses. */
export function deploymentRoutes(context: Context): Router {
  const router = PromiseRouter();
  const { store } = context;
  const base = '/repos/:owner/:repo/deployments';

  const find = (repository: RepositoryRecord, req: Request) => {
    const id = String(numberOf(req, 'id'));
    const found = store.of(repository).deployments.get(id);
    if (!found) {
      throw notFound();
    }
    return found;
  };
  const read = (req: Request, res: Response) => {
    const repository = repositoryOf(context, req, res);
    return { repository, deployment: find(repository, req) };
  };
  const tell = (
    repository: RepositoryRecord,
    sender: Account,
    deployment: DeploymentRecord,
    status?: DeploymentStatus,
  ) =>
    context.webhooks.emit({
      event: status ? 'deployment_status' : 'deployment',
      action: 'created',
      repository,
      sender,
      payload: {
        action: 'created',
        deployment: deploymentShape(context, repository, deployment),
        ...(status
          ? {
              deployment_status: deploymentStatusShape(
                context,
                repository,
                deployment,
                status,
              ),
            }
          : {}),
        workflow: null,
        workflow_run: null,
      },
    });

  /** As on GitHub, a success makes earlier deployments of the place inactive. */
  const retire = async (
    repository: RepositoryRecord,
    actor: Account,
    by: DeploymentRecord,
    environment: string,
  ) => {
    const { deployments } = store.of(repository);
    for (const one of deployments.list()) {
      const last = one.statuses.at(-1);
      if (
        one.id < by.id &&
        one.environment === environment &&
        !one.transient &&
        !one.production &&
        last?.state === 'success'
      ) {
        await deployments.put({
          ...one,
          statuses: [
            ...one.statuses,
            {
              ...last,
              id: store.newId(),
              state: 'inactive',
              creator: actor.login,
              createdAt: now(),
            },
          ],
        });
      }
    }
  };

  router.get(base, (req, res) => {
    const repository = repositoryOf(context, req, res);
    const wanted = (name: string, value: string) =>
      (queryOf(req, name) ?? value) === value;
    const all = store
      .of(repository)
      .deployments.list()
      .filter(
        one =>
          wanted('sha', one.sha) &&
          wanted('ref', one.ref) &&
          wanted('task', one.task) &&
          wanted('environment', one.environment),
      )
      .sort((a, b) => b.id - a.id);
    res.json(
      paginate(context, req, res, all).map(one =>
        deploymentShape(context, repository, one),
      ),
    );
  });
  router.post(base, async (req, res) => {
    const { repository, actor, git } = changeOf(context, req, res, 'push');
    const body = bodyOf(req, deploymentBody, 'Deployment');
    const sha = await commitOf(git, body.ref, 422);
    const missing = (body.required_contexts ?? []).filter(
      name => !hasPassed(context, repository, sha, [name]),
    );
    if (missing.length > 0) {
      throw new ApiError(
        409,
        `Conflict: Commit status checks failed for ${body.ref}.`,
      );
    }
    const { environments, deployments } = store.of(repository);
    if (!environments.get(body.environment.toLowerCase())) {
      await environments.put(newEnvironment(context, body.environment));
    }
    const at = now();
    const deployment: DeploymentRecord = {
      id: store.newId(),
      sha,
      ref: body.ref,
      task: body.task,
      payload: body.payload,
      environment: body.environment,
      description: body.description ?? null,
      creator: actor.login,
      transient: body.transient_environment,
      production:
        body.production_environment ?? body.environment === 'production',
      createdAt: at,
      updatedAt: at,
      statuses: [],
    };
    await deployments.put(deployment);
    await tell(repository, actor, deployment);
    res.status(201).json(deploymentShape(context, repository, deployment));
  });
  router.get(`${base}/:id`, (req, res) => {
    const { repository, deployment } = read(req, res);
    res.json(deploymentShape(context, repository, deployment));
  });
  router.delete(`${base}/:id`, async (req, res) => {
    const { repository } = changeOf(context, req, res, 'push');
    const deployment = find(repository, req);
    const active = deployment.statuses.at(-1)?.state === 'success';
    if (active) {
      throw new ApiError(
        422,
        'Cannot delete an active deployment unless it is the only deployment in a given environment.',
      );
    }
    await store.of(repository).deployments.delete(String(deployment.id));
    res.status(204).end();
  });

  router.get(`${base}/:id/statuses`, (req, res) => {
    const { repository, deployment } = read(req, res);
    const all = [...deployment.statuses].reverse();
    res.json(
      paginate(context, req, res, all).map(status =>
        deploymentStatusShape(context, repository, deployment, status),
      ),
    );
  });
  router.get(`${base}/:id/statuses/:status`, (req, res) => {
    const { repository, deployment } = read(req, res);
    const id = numberOf(req, 'status');
    const status = deployment.statuses.find(one => one.id === id);
    if (!status) {
      throw notFound();
    }
    res.json(deploymentStatusShape(context, repository, deployment, status));
  });
  router.post(`${base}/:id/statuses`, async (req, res) => {
    const { repository, actor } = changeOf(context, req, res, 'push');
    const body = bodyOf(req, statusBody, 'DeploymentStatus');
    const deployment = find(repository, req);
    const at = now();
    const status: DeploymentStatus = {
      id: store.newId(),
      state: body.state,
      description: body.description,
      targetUrl: body.log_url ?? body.target_url ?? '',
      environmentUrl: body.environment_url,
      environment: body.environment ?? deployment.environment,
      creator: actor.login,
      createdAt: at,
    };
    const next: DeploymentRecord = {
      ...deployment,
      statuses: [...deployment.statuses, status],
      updatedAt: at,
    };
    await store.of(repository).deployments.put(next);
    if (body.state === 'success' && body.auto_inactive) {
      await retire(repository, actor, next, status.environment);
    }
    await tell(repository, actor, next, status);
    res
      .status(201)
      .json(deploymentStatusShape(context, repository, next, status));
  });

  return router;
}
