import { Request, Response, Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { z } from 'zod';
import { Context, now } from '../context';
import { ApiError, notFound } from '../errors';
import { emitChange, setLabels, setState } from '../services/issue-changes';
import {
  ensureLabels,
  findIssue,
  newIssue,
  saveIssue,
} from '../services/issues';
import { commentShape, issueShape, labelShapes } from '../shapes/issue';
import { Comment, IssueRecord } from '../store/records';
import {
  bodyOf,
  changeOf,
  numberOf,
  paginate,
  queryOf,
  repositoryOf,
} from './support';

const labelName = z.union([
  z.string().min(1).max(50),
  z.object({ name: z.string().min(1).max(50) }).transform(one => one.name),
]);
const newIssueBody = z.object({
  title: z.union([z.string().min(1).max(256), z.number().transform(String)]),
  body: z.string().max(65536).nullish(),
  labels: z.array(labelName).default([]),
  assignees: z.array(z.string()).default([]),
});
const issueChange = z.object({
  title: z.string().min(1).max(256).optional(),
  body: z.string().max(65536).nullish(),
  state: z.enum(['open', 'closed']).optional(),
  state_reason: z.string().nullish(),
  labels: z.array(labelName).optional(),
  assignees: z.array(z.string()).optional(),
});
const commentBody = z.object({ body: z.string().min(1).max(65536) });
const labelsBody = z.union([
  z.object({ labels: z.array(labelName).default([]) }),
  z.array(labelName).transform(labels => ({ labels })),
]);
const newLabel = z.object({
  name: z.string().min(1).max(50),
  color: z
    .string()
    .regex(/^[0-9a-f]{6}$/i)
    .default('ededed'),
  description: z.string().max(100).nullish(),
});
const assigneesBody = z.object({ assignees: z.array(z.string()).max(10) });

/** Issues, comments, labels and assignees; pull requests have them too. */
export function issueRoutes(context: Context): Router {
  const router = PromiseRouter();
  const { store, accounts } = context;
  const base = '/repos/:owner/:repo';
  const one = `${base}/issues/:number`;

  const change = (req: Request, res: Response, wanted: 'pull' | 'push') => {
    const target = changeOf(context, req, res, wanted);
    return {
      ...target,
      issue: findIssue(context, target.repository, numberOf(req, 'number')),
    };
  };
  const realUsers = (logins: string[]) =>
    logins.flatMap(login => accounts.get(login)?.login ?? []);

  router.get(`${base}/issues`, (req, res) => {
    const repository = repositoryOf(context, req, res);
    const state = queryOf(req, 'state') ?? 'open';
    const labels = queryOf(req, 'labels')?.toLowerCase().split(',') ?? [];
    const creator = queryOf(req, 'creator')?.toLowerCase();
    const since = Date.parse(queryOf(req, 'since') ?? '') || 0;
    const issues = store
      .of(repository)
      .issues.list()
      .filter(
        issue =>
          (state === 'all' || issue.state === state) &&
          (!creator || issue.author.toLowerCase() === creator) &&
          Date.parse(issue.updatedAt) >= since &&
          labels.every(label =>
            issue.labels.some(name => name.toLowerCase() === label),
          ),
      )
      .sort((a, b) => b.number - a.number);
    res.json(
      paginate(context, req, res, issues).map(issue =>
        issueShape(context, repository, issue),
      ),
    );
  });
  router.post(`${base}/issues`, async (req, res) => {
    const { repository, actor } = changeOf(context, req, res, 'pull');
    if (!repository.settings.has_issues) {
      throw new ApiError(410, 'Issues has been disabled in this repository.');
    }
    const body = bodyOf(req, newIssueBody, 'Issue');
    const issue: IssueRecord = {
      ...newIssue(context, repository, actor, body.title, body.body ?? null),
      labels: body.labels,
      assignees: realUsers(body.assignees),
    };
    await store.of(repository).issues.put(issue);
    await ensureLabels(context, repository, body.labels);
    await emitChange(context, repository, issue, actor, 'opened');
    res.status(201).json(issueShape(context, repository, issue));
  });
  router.get(one, (req, res) => {
    const repository = repositoryOf(context, req, res);
    const issue = findIssue(context, repository, numberOf(req, 'number'));
    res.json(issueShape(context, repository, issue));
  });
  router.patch(one, async (req, res) => {
    const { repository, actor, issue } = change(req, res, 'push');
    const body = bodyOf(req, issueChange, 'Issue');
    const edited =
      (body.title !== undefined && body.title !== issue.title) ||
      (body.body !== undefined && body.body !== issue.body);
    let next = await saveIssue(context, repository, {
      ...issue,
      title: body.title ?? issue.title,
      body: body.body === undefined ? issue.body : body.body,
      assignees: body.assignees ? realUsers(body.assignees) : issue.assignees,
    });
    if (edited) {
      await emitChange(context, repository, next, actor, 'edited');
    }
    if (body.labels) {
      next = await setLabels(context, repository, next, actor, body.labels);
    }
    if (body.state && body.state !== next.state) {
      const reason = body.state_reason ?? null;
      next = await setState(
        context,
        repository,
        next,
        actor,
        body.state,
        reason,
      );
    }
    res.json(issueShape(context, repository, next));
  });

  router.get(`${base}/issues/comments/:id`, (req, res) => {
    const repository = repositoryOf(context, req, res);
    const id = numberOf(req, 'id');
    for (const issue of store.of(repository).issues.list()) {
      const found = issue.comments.find(comment => comment.id === id);
      if (found) {
        res.json(commentShape(context, repository, issue, found));
        return;
      }
    }
    throw notFound();
  });
  router.get(`${one}/comments`, (req, res) => {
    const repository = repositoryOf(context, req, res);
    const issue = findIssue(context, repository, numberOf(req, 'number'));
    res.json(
      paginate(context, req, res, issue.comments).map(comment =>
        commentShape(context, repository, issue, comment),
      ),
    );
  });
  router.post(`${one}/comments`, async (req, res) => {
    const { repository, actor, issue } = change(req, res, 'pull');
    const { body } = bodyOf(req, commentBody, 'IssueComment');
    const at = now();
    const comment: Comment = {
      id: store.newId(),
      author: actor.login,
      body,
      createdAt: at,
      updatedAt: at,
    };
    const next = await saveIssue(context, repository, {
      ...issue,
      comments: [...issue.comments, comment],
    });
    const shape = commentShape(context, repository, next, comment);
    await context.webhooks.emit({
      event: 'issue_comment',
      action: 'created',
      repository,
      sender: actor,
      payload: {
        action: 'created',
        issue: issueShape(context, repository, next),
        comment: shape,
      },
    });
    res.status(201).json(shape);
  });

  router.get(`${one}/labels`, (req, res) => {
    const repository = repositoryOf(context, req, res);
    const issue = findIssue(context, repository, numberOf(req, 'number'));
    const all = labelShapes(context, repository, issue.labels);
    res.json(paginate(context, req, res, all));
  });
  router.post(`${one}/labels`, async (req, res) => {
    const { repository, actor, issue } = change(req, res, 'push');
    const { labels } = bodyOf(req, labelsBody, 'Issue');
    const next = await setLabels(context, repository, issue, actor, [
      ...issue.labels,
      ...labels,
    ]);
    res.json(labelShapes(context, repository, next.labels));
  });
  router.put(`${one}/labels`, async (req, res) => {
    const { repository, actor, issue } = change(req, res, 'push');
    const { labels } = bodyOf(req, labelsBody, 'Issue');
    const next = await setLabels(context, repository, issue, actor, labels);
    res.json(labelShapes(context, repository, next.labels));
  });
  router.delete(`${one}/labels/:name`, async (req, res) => {
    const { repository, actor, issue } = change(req, res, 'push');
    const name = req.params.name.toLowerCase();
    const left = issue.labels.filter(label => label.toLowerCase() !== name);
    if (left.length === issue.labels.length) {
      throw notFound('Label does not exist');
    }
    const next = await setLabels(context, repository, issue, actor, left);
    res.json(labelShapes(context, repository, next.labels));
  });

  router.get(`${base}/labels`, (req, res) => {
    const repository = repositoryOf(context, req, res);
    const names = repository.labels.map(label => label.name);
    const all = labelShapes(context, repository, names);
    res.json(paginate(context, req, res, all));
  });
  router.post(`${base}/labels`, async (req, res) => {
    const { repository } = changeOf(context, req, res, 'push');
    const body = bodyOf(req, newLabel, 'Label');
    const name = body.name.toLowerCase();
    if (repository.labels.some(label => label.name.toLowerCase() === name)) {
      throw new ApiError(422, 'Validation Failed', [
        { resource: 'Label', code: 'already_exists', field: 'name' },
      ]);
    }
    const label = {
      id: store.newId(),
      name: body.name,
      color: body.color,
      description: body.description ?? null,
    };
    await store.updateRepository(repository.id, current => ({
      ...current,
      labels: [...current.labels, label],
    }));
    const [shape] = labelShapes(context, repository, [label.name]);
    res.status(201).json(shape);
  });

  router.post(`${one}/assignees`, async (req, res) => {
    const { repository, actor, issue } = change(req, res, 'push');
    const { assignees } = bodyOf(req, assigneesBody, 'Issue');
    const next = await saveIssue(context, repository, {
      ...issue,
      assignees: [...new Set([...issue.assignees, ...realUsers(assignees)])],
    });
    await emitChange(context, repository, next, actor, 'assigned');
    res.status(201).json(issueShape(context, repository, next));
  });
  router.delete(`${one}/assignees`, async (req, res) => {
    const { repository, actor, issue } = change(req, res, 'push');
    const { assignees } = bodyOf(req, assigneesBody, 'Issue');
    const next = await saveIssue(context, repository, {
      ...issue,
      assignees: issue.assignees.filter(login => !assignees.includes(login)),
    });
    await emitChange(context, repository, next, actor, 'unassigned');
    res.json(issueShape(context, repository, next));
  });
  return router;
}
