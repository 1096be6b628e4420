import { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { Context } from '../context';
import { notFound } from '../errors';
import { pageRepository, refAndPath, wildcard } from './support';

const MAX_RAW = 100 * 1024 * 1024;

/** Pictures of points only: an SVG can carry scripts. */
const IMAGES: Record<string, string> = {
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  gif: 'image/gif',
  webp: 'image/webp',
};

/** Files as they are. Nothing in them runs: the browser is told it is text. */
export function rawRoutes(context: Context): Router {
  const router = PromiseRouter();
  router.get('/:owner/:repo/raw/*', async (req, res) => {
    const { git } = pageRepository(context, req, res);
    const at = await refAndPath(git, wildcard(req.params));
    const found = await git.stat(at.sha, at.path);
    if (found?.type !== 'blob' || found.size > MAX_RAW) {
      throw notFound('There is no such file.');
    }
    const content = await git.blob(found.sha);
    const extension = at.path.split('.').at(-1)?.toLowerCase() ?? '';
    res.setHeader('Content-Security-Policy', "default-src 'none'; sandbox");
    res.setHeader('ETag', `"${found.sha}"`);
    res.setHeader('Cache-Control', 'private, max-age=0, must-revalidate');
    if (IMAGES[extension]) {
      res.type(IMAGES[extension]);
    } else if (content.includes(0)) {
      res.type('application/octet-stream');
      res.setHeader('Content-Disposition', 'attachment');
    } else {
      res.type('text/plain; charset=utf-8');
    }
    res.send(content);
  });
  return router;
}
