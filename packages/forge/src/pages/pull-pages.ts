import { Request, Response, Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { z } from 'zod';
import { Account } from '../accounts';
import { Context, now } from '../context';
import { ApiError } from '../errors';
import { findPull } from '../services/issues';
import { mergePull } from '../services/merging';
import { closePull, contentOf, reopenPull } from '../services/pulls';
import { submitReview } from '../services/reviews';
import { recordByHand } from '../services/statuses';
import { PullRecord, RepositoryRecord } from '../store/records';
import { encodePath } from '../urls';
import { commitList } from './commit-pages';
import { heading, talk } from './conversation';
import { diffView } from './diff';
import { checkForm } from './forms';
import { html } from './html';
import { crumbsOf, pathOf, tabsOf } from './layout';
import { mergeBox, reviewersFor } from './merge-box';
import { mayPush, needActor, pageRepository, send } from './support';

const checkResult = z.object({
  sha: z.string(),
  check: z.string(),
  state: z.enum(['success', 'failure']),
});

/** The page of a pull request and what its forms do. */
export function pullRoutes(context: Context): Router {
  const router = PromiseRouter();

  const showPull = async (
    req: Request,
    res: Response,
    problem?: ApiError,
  ): Promise<void> => {
    const { repository, git } = pageRepository(context, req, res);
    const issue = findPull(context, repository, Number(req.params.number));
    const { pull } = issue;
    const { commits, files } = await contentOf(context, repository, issue);
    const path = pathOf(repository);
    const head =
      pull.headRepository === null
        ? undefined
        : context.current({ id: pull.headRepository });
    const headName =
      head && head.id !== repository.id
        ? `${head.owner}:${pull.head}`
        : pull.head;
    const alive = await git.ref(`refs/heads/${pull.base}`);
    send(
      context,
      res,
      {
        title: `${issue.title} · Pull request #${issue.number}`,
        crumbs: crumbsOf(repository),
        tabs: tabsOf(context, repository, 'pulls'),
        body: [
          heading(
            context,
            issue,
            html`wants ${commits.length}
              ${commits.length === 1 ? 'commit' : 'commits'} from
              <code>${headName}</code> in
              ${alive
                ? html`<a href="${path}/tree/${encodePath(pull.base)}"
                    ><code>${pull.base}</code></a
                  >`
                : html`<code>${pull.base}</code>`}`,
          ),
          problem &&
            html`<div class="note bad" role="alert">
              <p>${problem.message}</p>
            </div>`,
          talk(context, issue),
          await mergeBox(context, req, res, repository, issue),
          html`<section class="stack" aria-label="Commits">
            <h2>Commits</h2>
            ${commitList(context, repository, commits)}
          </section>`,
          diffView(
            files,
            name => `${path}/blob/${pull.headSha}/${encodePath(name)}`,
          ),
        ],
      },
      problem?.status ?? 200,
    );
  };
  router.get('/:owner/:repo/pull/:number(\\d+)', (req, res) =>
    showPull(req, res),
  );
  router.get('/:owner/:repo/pull/:number(\\d+)/(files|commits)', (req, res) => {
    res.redirect(
      `/${encodeURIComponent(req.params.owner)}/${encodeURIComponent(
        req.params.repo,
      )}/pull/${req.params.number}`,
    );
  });

  /** Does what a form asks; what the rules refuse is said on the same page. */
  const form =
    (
      act: (
        req: Request,
        actor: Account,
        repository: RepositoryRecord,
        issue: PullRecord,
      ) => Promise<unknown>,
    ) =>
    async (req: Request, res: Response) => {
      const { repository } = pageRepository(context, req, res);
      checkForm(context, req);
      const issue = findPull(context, repository, Number(req.params.number));
      try {
        await act(req, needActor(context, res), repository, issue);
      } catch (error) {
        if (error instanceof ApiError && error.status !== 404) {
          await showPull(req, res, error);
          return;
        }
        throw error;
      }
      res.redirect(303, `${pathOf(repository)}/pull/${issue.number}`);
    };
  const one = '/:owner/:repo/pull/:number(\\d+)';

  router.post(
    `${one}/merge`,
    form((req, actor, repository, issue) => {
      const { method } = req.body as Record<string, unknown>;
      return mergePull(context, {
        repository,
        number: issue.number,
        actor: mayPush(context, actor, repository),
        method: method === 'squash' || method === 'rebase' ? method : 'merge',
        sha: String((req.body as Record<string, unknown>).sha),
      });
    }),
  );
  router.post(
    `${one}/approve`,
    form((req, _actor, repository, issue) => {
      const login = String((req.body as Record<string, unknown>).as);
      const reviewer = reviewersFor(context, repository, issue).find(
        account => account.login === login,
      );
      if (!reviewer) {
        throw new ApiError(422, 'This account cannot approve it.');
      }
      return submitReview(context, {
        repository,
        issue,
        actor: reviewer,
        body: '',
        event: 'APPROVE',
        at: now(),
      });
    }),
  );
  router.post(
    `${one}/checks`,
    form((req, actor, repository, issue) => {
      const pusher = mayPush(context, actor, repository);
      const given = checkResult.safeParse(req.body);
      if (!given.success) {
        throw new ApiError(422, 'Choose success or failure as the result.');
      }
      const { sha, check, state } = given.data;
      return recordByHand(context, {
        repository,
        issue,
        actor: pusher,
        sha,
        name: check,
        state,
      });
    }),
  );
  router.post(
    `${one}/close`,
    form((_req, actor, repository, issue) =>
      closePull(
        context,
        repository,
        issue,
        mayPush(context, actor, repository),
      ),
    ),
  );
  router.post(
    `${one}/reopen`,
    form((_req, actor, repository, issue) =>
      reopenPull(
        context,
        repository,
        issue,
        mayPush(context, actor, repository),
      ),
    ),
  );
  return router;
}
