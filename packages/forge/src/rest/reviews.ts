import { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { z } from 'zod';
import { Context, now } from '../context';
import { ApiError } from '../errors';
import { findPull, saveIssue } from '../services/issues';
import { emitPull } from '../services/pulls';
import { submitReview } from '../services/reviews';
import { reviewShape } from '../shapes/pull';
import { teamKey } from '../store/store';
import { changePull, fullPull, readPull } from './pull-support';
import { bodyOf, changeOf, numberOf, paginate } from './support';

const reviewersBody = z.object({
  reviewers: z.array(z.string()).default([]),
  team_reviewers: z.array(z.string()).default([]),
});
const reviewBody = z.object({
  body: z.string().default(''),
  event: z.enum(['APPROVE', 'REQUEST_CHANGES', 'COMMENT']).default('COMMENT'),
});

/** Reviews of pull requests and who is asked for one. */
export function reviewRoutes(context: Context): Router {
  const router = PromiseRouter();
  const { store, accounts } = context;
  const base = '/repos/:owner/:repo/pulls';

  router.post(`${base}/:number/requested_reviewers`, async (req, res) => {
    const { repository, actor, issue } = changePull(context, req, res);
    const body = bodyOf(req, reviewersBody, 'PullRequest');
    for (const login of body.reviewers) {
      if (accounts.get(login)?.type !== 'User') {
        throw new ApiError(
          422,
          'Reviews may only be requested from collaborators. One or more of the users or teams you specified is not a collaborator of the repository.',
        );
      }
      if (login.toLowerCase() === issue.author.toLowerCase()) {
        throw new ApiError(
          422,
          'Review cannot be requested from pull request author.',
        );
      }
    }
    for (const slug of body.team_reviewers) {
      if (!store.teams.get(teamKey(repository.owner, slug))) {
        throw new ApiError(422, `Could not resolve to a node: team ${slug}`);
      }
    }
    const { pull } = issue;
    const next = await saveIssue(context, repository, {
      ...issue,
      pull: {
        ...pull,
        requestedReviewers: [
          ...new Set([...pull.requestedReviewers, ...body.reviewers]),
        ],
        requestedTeams: [
          ...new Set([...pull.requestedTeams, ...body.team_reviewers]),
        ],
      },
    });
    await emitPull(context, repository, next, actor, 'review_requested');
    res.status(201).json(await fullPull(context, repository, next, res));
  });
  router.delete(`${base}/:number/requested_reviewers`, async (req, res) => {
    const { repository, issue } = changePull(context, req, res);
    const body = bodyOf(req, reviewersBody, 'PullRequest');
    const { pull } = issue;
    const next = await saveIssue(context, repository, {
      ...issue,
      pull: {
        ...pull,
        requestedReviewers: pull.requestedReviewers.filter(
          login => !body.reviewers.includes(login),
        ),
        requestedTeams: pull.requestedTeams.filter(
          slug => !body.team_reviewers.includes(slug),
        ),
      },
    });
    res.json(await fullPull(context, repository, next, res));
  });

  router.get(`${base}/:number/reviews`, (req, res) => {
    const { repository, issue } = readPull(context, req, res);
    res.json(
      paginate(context, req, res, issue.pull.reviews).map(one =>
        reviewShape(context, repository, issue, one),
      ),
    );
  });
  router.post(`${base}/:number/reviews`, async (req, res) => {
    const { repository, actor } = changeOf(context, req, res, 'pull');
    const issue = findPull(context, repository, numberOf(req, 'number'));
    const body = bodyOf(req, reviewBody, 'PullRequestReview');
    const review = await submitReview(context, {
      repository,
      issue,
      actor,
      body: body.body,
      event: body.event,
      at: now(),
    });
    res.json(reviewShape(context, repository, issue, review));
  });
  return router;
}
