import { existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';

/** Gives the pattern of a path, such as `/parcels/[number]`. */
export type MatchRoute = (path: string) => string;

const manifest = z.object({
  staticRoutes: z.array(z.object({ page: z.string(), regex: z.string() })),
  dynamicRoutes: z.array(z.object({ page: z.string(), regex: z.string() })),
});

/**
 * Reads the routes of the build, so that a new page needs no entry anywhere.
 * Before the first build, as in `next dev`, every path is `unmatched`.
 */
export function readRoutes(file = '.next/routes-manifest.json'): MatchRoute {
  return createRouteMatcher(
    existsSync(file)
      ? JSON.parse(readFileSync(file, 'utf8'))
      : { staticRoutes: [], dynamicRoutes: [] },
  );
}

/**
 * Turns paths into patterns. What is no route of ours becomes `unmatched`, so
 * callers cannot create new time series.
 */
export function createRouteMatcher(routes: unknown): MatchRoute {
  const { staticRoutes, dynamicRoutes } = manifest.parse(routes);
  const patterns = [...staticRoutes, ...dynamicRoutes].map(
    ({ page, regex }) => ({ page, pattern: new RegExp(regex) }),
  );
  return path => {
    if (path.startsWith('/_next/static/')) return '/_next/static';
    const found = patterns.find(({ pattern }) => pattern.test(path));
    return found?.page ?? 'unmatched';
  };
}
