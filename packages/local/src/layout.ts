import { join, resolve } from 'node:path';

/** Where a laptop run keeps its things. */
export interface Layout {
  /** The checkout. */
  root: string;
  /** `<root>/.waymark`, or what `WAYMARK_STATE` says. */
  state: string;
  forge: string;
  logs: string;
  run: string;
  cache: string;
  venv: string;
  secrets: string;
  /** How much the portal knows of the sample company's history. */
  history: string;
}

/** Derives every path from the checkout and, if given, a state folder. */
export function layoutOf(root: string, state?: string): Layout {
  const base = resolve(state ?? join(root, '.waymark'));
  return {
    root,
    state: base,
    forge: join(base, 'forge'),
    logs: join(base, 'logs'),
    run: join(base, 'run'),
    cache: join(root, '.waymark', 'cache'),
    venv: join(root, '.waymark', 'venv'),
    secrets: join(base, 'secrets.json'),
    history: join(base, 'sample-history.json'),
  };
}

/** The checkout that `./waymark` was called in. */
export function checkout(): string {
  const root = process.env.WAYMARK_ROOT;
  if (!root) throw new Error('WAYMARK_ROOT is not set: use ./waymark');
  return root;
}
