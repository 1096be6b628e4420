import { Request, Response, Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { z } from 'zod';
import { Context, now } from '../context';
import { ApiError, notFound } from '../errors';
import { headline } from '../git/commit';
import { queueRun, Workflow, workflowsOf } from '../services/workflows';
import { runShape, workflowShape } from '../shapes/run';
import { RepositoryRecord } from '../store/records';
import {
  bodyOf,
  changeOf,
  numberOf,
  paginate,
  queryOf,
  repositoryOf,
} from './support';

const MAX_INPUTS = 25;

const dispatchBody = z.object({
  ref: z.string().min(1),
  inputs: z
    .record(z.union([z.string(), z.number(), z.boolean()]).transform(String))
    .default({}),
  return_run_details: z.boolean().default(false),
});

/** Workflows and their runs, which are listed and never run. */
export function workflowRoutes(context: Context): Router {
  const router = PromiseRouter();
  const { store, urls } = context;
  const base = '/repos/:owner/:repo/actions';

  const workflows = async (repository: RepositoryRecord, ref?: string) => {
    const sha = await context
      .git(repository)
      .resolve(ref ?? repository.defaultBranch);
    return sha ? workflowsOf(context, repository, sha) : [];
  };
  const pick = (all: Workflow[], name: string): Workflow => {
    const found = all.find(
      one => String(one.id) === name || one.path.split('/').at(-1) === name,
    );
    if (!found) {
      throw notFound();
    }
    return found;
  };
  const find = (repository: RepositoryRecord, req: Request) => {
    const run = store.of(repository).runs.get(String(numberOf(req, 'id')));
    if (!run) {
      throw notFound();
    }
    return run;
  };
  const listRuns = async (
    req: Request,
    res: Response,
    repository: RepositoryRecord,
    path?: string,
  ) => {
    const wanted = (name: string, value: string) =>
      (queryOf(req, name) ?? value) === value;
    const all = store
      .of(repository)
      .runs.list()
      .filter(
        run =>
          (path === undefined || run.path === path) &&
          wanted('branch', run.branch) &&
          wanted('event', run.event) &&
          wanted('head_sha', run.sha) &&
          (wanted('status', run.status) ||
            wanted('status', run.conclusion ?? '')),
      )
      .sort((a, b) => b.id - a.id);
    const page = paginate(context, req, res, all);
    res.json({
      total_count: all.length,
      workflow_runs: await Promise.all(
        page.map(run => runShape(context, repository, run)),
      ),
    });
  };

  router.get(`${base}/workflows`, async (req, res) => {
    const repository = repositoryOf(context, req, res);
    const all = await workflows(repository);
    res.json({
      total_count: all.length,
      workflows: paginate(context, req, res, all).map(one =>
        workflowShape(context, repository, one),
      ),
    });
  });
  router.get(`${base}/workflows/:workflow`, async (req, res) => {
    const repository = repositoryOf(context, req, res);
    const one = pick(await workflows(repository), req.params.workflow);
    res.json(workflowShape(context, repository, one));
  });
  router.get(`${base}/workflows/:workflow/runs`, async (req, res) => {
    const repository = repositoryOf(context, req, res);
    const one = pick(await workflows(repository), req.params.workflow);
    await listRuns(req, res, repository, one.path);
  });
  router.post(`${base}/workflows/:workflow/dispatches`, async (req, res) => {
    const { repository, actor, git } = changeOf(context, req, res, 'push');
    const body = bodyOf(req, dispatchBody, 'Workflow');
    const sha = await git.resolve(body.ref);
    if (!sha) {
      throw new ApiError(422, `No ref found for: ${body.ref}`);
    }
    const workflow = pick(
      await workflows(repository, body.ref),
      req.params.workflow,
    );
    if (!('workflow_dispatch' in workflow.on)) {
      throw new ApiError(
        422,
        "Workflow does not have 'workflow_dispatch' trigger",
      );
    }
    if (Object.keys(body.inputs).length > MAX_INPUTS) {
      throw new ApiError(422, `you may only define up to ${MAX_INPUTS} inputs`);
    }
    const commit = await git.commit(sha);
    const run = await queueRun(context, repository, actor, {
      workflow,
      event: 'workflow_dispatch',
      branch: body.ref.replace(/^refs\/(heads|tags)\//, ''),
      sha,
      title: headline(commit?.message ?? workflow.name),
      inputs: body.inputs,
    });
    if (!body.return_run_details) {
      res.status(204).end();
      return;
    }
    res.json({
      workflow_run_id: run.id,
      run_url: `${urls.repositoryApi(repository)}/actions/runs/${run.id}`,
      html_url: `${urls.repositoryHtml(repository)}/actions/runs/${run.id}`,
    });
  });

  router.get(`${base}/runs`, async (req, res) => {
    await listRuns(req, res, repositoryOf(context, req, res));
  });
  router.get(`${base}/runs/:id`, async (req, res) => {
    const repository = repositoryOf(context, req, res);
    res.json(await runShape(context, repository, find(repository, req)));
  });
  router.get(`${base}/runs/:id/jobs`, (req, res) => {
    const repository = repositoryOf(context, req, res);
    find(repository, req);
    res.json({ total_count: 0, jobs: [] });
  });
  router.get(`${base}/runs/:id/artifacts`, (req, res) => {
    const repository = repositoryOf(context, req, res);
    find(repository, req);
    res.json({ total_count: 0, artifacts: [] });
  });
  router.post(`${base}/runs/:id/cancel`, async (req, res) => {
    const { repository } = changeOf(context, req, res, 'push');
    const run = find(repository, req);
    if (run.status === 'completed') {
      throw new ApiError(
        409,
        'Cannot cancel a workflow run that is completed.',
      );
    }
    await store.of(repository).runs.put({
      ...run,
      status: 'completed',
      conclusion: 'cancelled',
      updatedAt: now(),
    });
    res.status(202).json({});
  });
  return router;
}
