import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { parse, stringify } from 'yaml';

/** A change to one file, below the folder of golden paths or of the checkout. */
export interface Edit {
  file: string;
  /** Replaced once; must occur. */
  from?: string | RegExp;
  to?: string;
  /** Written at the end; makes the file where there is none. */
  append?: string;
}

/** A golden path with one mistake in it. */
export interface BrokenCopy {
  path: string;
  mistake: string;
  edits: Edit[];
  /** The one problem found, as `file:line: message`. */
  expected: RegExp;
  /** What takes its time, where it is what is tried. */
  needs?: (keyof typeof COSTLY)[];
}

/** What a copy goes without, unless it needs it. */
const COSTLY = {
  docs: ['_layers/repository/mkdocs.yml.njk'],
  'alert tests': [
    '_layers/service/monitoring/alerts_test.yaml.njk',
    'PATH/skeleton/monitoring/alerts_test.yaml.njk',
  ],
  environments: [
    '_layers/service/chart/env/development.yaml',
    '_layers/service/chart/env/production.yaml.njk',
    'PATH/skeleton/chart/env/development.yaml',
    'PATH/skeleton/chart/env/production.yaml',
  ],
  toolchain: ['PATH/tests/toolchain.yaml', 'PATH/tests/service.yaml'],
};

/**
 * Copies a golden path with what it brings in, cut to one good and one refused
 * row of its matrix, and makes the mistake in it.
 *
 * @param root - the checkout
 * @param folder - becomes the folder of golden paths that has this one
 */
export function writeBrokenCopy(
  root: string,
  folder: string,
  { path, edits, needs = [] }: BrokenCopy,
): void {
  for (const name of ['_layers', '_parts', path]) {
    cpSync(join(root, 'templates', name), join(folder, name), {
      recursive: true,
    });
  }
  for (const [part, files] of Object.entries(COSTLY)) {
    if (needs.some(need => need === part)) continue;
    for (const file of files) {
      rmSync(join(folder, file.replace('PATH', path)), { force: true });
    }
  }
  const matrix = join(folder, path, 'tests/matrix.yaml');
  const { accept, refuse } = parse(readFileSync(matrix, 'utf8'));
  const hostile = refuse.find(
    ({ field, inputs }: { field: string; inputs: object }) => field in inputs,
  );
  writeFileSync(
    matrix,
    stringify({ accept: accept.slice(0, 1), refuse: [hostile] }),
  );
  for (const edit of edits) makeEdit(folder, edit);
}

/** Makes a change; a mistake that cannot be made is the test's own. */
export function makeEdit(folder: string, edit: Edit): void {
  const { file, from, to = '', append } = edit;
  const target = join(folder, file);
  mkdirSync(dirname(target), { recursive: true });
  if (append) appendFileSync(target, append);
  if (from === undefined) return;
  const text = existsSync(target) ? readFileSync(target, 'utf8') : '';
  const changed = text.replace(from, to);
  if (changed === text) throw new Error(`${file} has no ${from}`);
  writeFileSync(target, changed);
}
