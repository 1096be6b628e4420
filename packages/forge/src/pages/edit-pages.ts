import { Request, Response, Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { z } from 'zod';
import { includes } from '../auth';
import { Context } from '../context';
import { ApiError, notFound } from '../errors';
import { ZERO_SHA } from '../git/repository';
import { isRefName } from '../names';
import { changeFiles } from '../services/files';
import { openPull } from '../services/pulls';
import { inTurn, moveRef } from '../services/refs';
import { encodePath } from '../urls';
import { checkForm, formToken } from './forms';
import { html, textArea } from './html';
import { crumbsOf, pathOf, tabsOf } from './layout';
import {
  needActor,
  pageRepository,
  refAndPath,
  send,
  wildcard,
} from './support';

const MAX_EDIT = 1024 * 1024;

const formSchema = z.object({
  text: z.string().max(2 * MAX_EDIT),
  head: z.string(),
  message: z.string().trim().max(500),
  details: z.string().trim().max(5000).default(''),
  how: z.enum(['direct', 'pull']),
  branch: z.string().trim().default(''),
});
type EditForm = z.output<typeof formSchema>;

/** Changing one file in the browser, where links of the portal lead. */
export function editRoutes(context: Context): Router {
  const router = PromiseRouter();

  const load = async (req: Request, res: Response) => {
    const { repository, git } = pageRepository(context, req, res);
    const actor = needActor(context, res);
    const at = await refAndPath(git, wildcard(req.params));
    const found = await git.stat(at.sha, at.path);
    if (found?.type !== 'blob' || !at.branch) {
      throw notFound('There is no such file on a branch.');
    }
    const content = found.size <= MAX_EDIT && (await git.blob(found.sha));
    if (!content || content.includes(0)) {
      throw new ApiError(422, 'Only text of up to 1 MB can be edited here.');
    }
    if (
      repository.archived ||
      !includes(context.access.permission(actor, repository), 'push')
    ) {
      throw new ApiError(403, `${actor.login} may not change this repository.`);
    }
    return { repository, git, actor, at, text: content.toString('utf8') };
  };
  type Loaded = Awaited<ReturnType<typeof load>>;

  const show = (
    req: Request,
    res: Response,
    { repository, actor, at, text }: Loaded,
    given?: EditForm,
    problem?: ApiError,
  ) => {
    const path = pathOf(repository);
    const tail = `${encodePath(at.ref)}/${encodePath(at.path)}`;
    const name = at.path.split('/').at(-1);
    const guarded = Boolean(
      context.store.of(repository).protections.get(at.ref)?.requiredReviews,
    );
    const how = given?.how ?? (guarded ? 'pull' : 'direct');
    const choice = (value: EditForm['how'], words: string) => html`<label
      class="choice"
      ><input
        type="radio"
        name="how"
        value="${value}"
        ${how === value && html`checked`}
      />
      ${words}</label
    >`;
    send(
      context,
      res,
      {
        title: `Edit ${at.path} · ${repository.name}`,
        crumbs: crumbsOf(repository),
        tabs: tabsOf(context, repository, 'code'),
        body: [
          html`<h1>Edit <span class="mono">${at.path}</span></h1>`,
          problem &&
            html`<div class="note bad" role="alert">
              <p>${problem.message}</p>
            </div>`,
          html`<form class="stack" method="post" action="${path}/edit/${tail}">
            ${formToken(context, req, res)}
            <input type="hidden" name="head" value="${given?.head ?? at.sha}" />
            ${textArea(
              {
                name: 'text',
                spellcheck: 'false',
                'aria-label': `Content of ${at.path}`,
              },
              given?.text ?? text,
            )}
            <div class="card">
              <div class="body">
                <label class="field"
                  ><span>Commit message</span
                  ><input
                    type="text"
                    name="message"
                    maxlength="500"
                    placeholder="Update ${name}"
                    value="${given?.message}"
                /></label>
                <label class="field"
                  ><span>Why (optional)</span>${textArea(
                    { name: 'details', class: 'short' },
                    given?.details ?? '',
                  )}
                </label>
                <fieldset class="field">
                  <legend class="label">Where</legend>
                  ${choice('direct', `Commit to ${at.ref}`)}
                  ${choice(
                    'pull',
                    `Open a pull request${
                      guarded ? ` (${at.ref} is protected)` : ''
                    }`,
                  )}
                </fieldset>
                <div class="row">
                  <button class="primary">Save</button>
                  <a class="button" href="${path}/blob/${tail}">Cancel</a>
                  <span class="muted small end"
                    >You act as ${actor.name ?? actor.login} here.</span
                  >
                </div>
              </div>
            </div>
          </form>`,
        ],
      },
      problem?.status ?? 200,
    );
  };

  /** @returns where the change can be seen */
  const save = async (loaded: Loaded, form: EditForm): Promise<string> => {
    const { repository, git, actor, at } = loaded;
    const title = form.message || `Update ${at.path.split('/').at(-1)}`;
    const message = form.details ? `${title}\n\n${form.details}` : title;
    const path = pathOf(repository);
    // Browsers send CRLF; a file keeps the line ends it has.
    const lf = form.text.replace(/\r\n/g, '\n');
    const text = loaded.text.includes('\r\n') ? lf.replace(/\n/g, '\r\n') : lf;
    if (text === loaded.text) {
      throw new ApiError(422, 'Nothing was changed.');
    }
    const known = await git.stat(form.head, at.path);
    const now = await git.stat(at.sha, at.path);
    if (known?.sha !== now?.sha) {
      throw new ApiError(
        409,
        'Somebody else has changed this file since. Copy your text, reload the page and try again.',
      );
    }
    let branch = at.ref;
    if (form.how === 'pull') {
      branch = await freeBranch(loaded, actor.login);
      await inTurn(context, repository, () =>
        moveRef(context, {
          repository,
          actor,
          ref: `refs/heads/${branch}`,
          before: ZERO_SHA,
          after: at.sha,
        }),
      );
    }
    const commit = await changeFiles(context, {
      repository,
      actor,
      branch,
      message,
      edits: async () => [{ path: at.path, content: Buffer.from(text) }],
    });
    if (form.how === 'direct') {
      return `${path}/commit/${commit.sha}`;
    }
    const issue = await openPull(context, {
      repository,
      actor,
      title,
      body: form.details || null,
      base: at.ref,
      head: branch,
      headRepository: repository,
      draft: false,
    });
    return `${path}/pull/${issue.number}`;
  };

  router.get('/:owner/:repo/edit/*', async (req, res) => {
    show(req, res, await load(req, res));
  });
  router.post('/:owner/:repo/edit/*', async (req, res) => {
    const loaded = await load(req, res);
    checkForm(context, req);
    const parsed = formSchema.safeParse(req.body);
    if (!parsed.success) {
      throw new ApiError(422, 'The form is not complete.');
    }
    const form = parsed.data;
    try {
      res.redirect(303, await save(loaded, form));
    } catch (error) {
      if (!(error instanceof ApiError)) {
        throw error;
      }
      show(req, res, loaded, form, error);
    }
  });

  return router;
}

/** A branch name nobody has, such as `maya-patch-2`. */
async function freeBranch(
  { git }: { git: { refs(prefix: string): Promise<{ name: string }[]> } },
  login: string,
): Promise<string> {
  const taken = new Set((await git.refs('refs/heads/')).map(ref => ref.name));
  for (let number = 1; ; number += 1) {
    const name = `${login}-patch-${number}`;
    if (isRefName(name) && !taken.has(`refs/heads/${name}`)) {
      return name;
    }
  }
}
