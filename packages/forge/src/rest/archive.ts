import { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { Context } from '../context';
import { sendArchive } from '../git/archive';
import { commitOf, repositoryOf } from './support';

/** Whole trees as one file. */
export function archiveRoutes(context: Context): Router {
  const router = PromiseRouter();
  const base = '/repos/:owner/:repo';
  for (const [word, format] of [
    ['tarball', 'tar.gz'],
    ['zipball', 'zip'],
  ] as const) {
    router.get(
      [`${base}/${word}`, `${base}/${word}/:ref(*)`],
      async (req, res) => {
        const repository = repositoryOf(context, req, res);
        const git = context.git(repository);
        const sha = await commitOf(
          git,
          req.params.ref || repository.defaultBranch,
        );
        await sendArchive(res, git, {
          sha,
          format,
          name: `${repository.owner}-${repository.name}-${sha.slice(0, 7)}`,
        });
      },
    );
  }
  return router;
}
