import { Router } from 'express';

interface Layer {
  route?: { path: string; methods: Record<string, boolean> };
  handle: { stack?: Layer[] };
}

/** What a router answers, such as `get /scores/{kind}`, in order of the alphabet. */
export function routesOf(router: Router): string[] {
  return routesBelow(router.stack as unknown as Layer[]).sort();
}

/** What an OpenAPI document describes, in the same words. */
export function routesIn(document: { paths: object }): string[] {
  return Object.entries<object>(document.paths as Record<string, object>)
    .flatMap(([path, methods]) =>
      Object.keys(methods).map(method => `${method} ${path}`),
    )
    .sort();
}

function routesBelow(stack: readonly Layer[]): string[] {
  return stack.flatMap(({ route, handle }) =>
    route
      ? Object.keys(route.methods).map(
          method => `${method} ${route.path.replace(/:(\w+)/g, '{$1}')}`,
        )
      : routesBelow(handle.stack ?? []),
  );
}
