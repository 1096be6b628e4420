import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { MadeFile } from '../engine';
import { Problem } from '../problem';

/** The tree of a made repository as a reviewer reads it: digest, mode, path. */
export function describeTree(files: readonly MadeFile[]): string {
  return [...files]
    .sort((one, other) => (one.path < other.path ? -1 : 1))
    .map(({ path, content, executable }) => {
      const digest = createHash('sha256').update(content).digest('hex');
      return `${digest.slice(0, 16)} ${executable ? 'x' : '-'} ${path}\n`;
    })
    .join('');
}

/** Where the tree expected of a row is kept. */
export function goldenFile(folder: string, title: string): string {
  const slug = title
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
  return join(folder, 'tests/golden', `${slug}.sha256`);
}

/** Compares a tree with the one expected, or with `update` expects it. */
export function checkGolden(
  file: string,
  tree: string,
  update: boolean,
): Problem[] {
  if (update) {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, tree);
    return [];
  }
  const name = `tests/golden/${basename(file)}`;
  if (!existsSync(file)) {
    const message = 'is missing: look the output over, then --update';
    return [{ check: 'golden', file: name, line: 1, message }];
  }
  return compareTrees(name, readFileSync(file, 'utf8'), tree);
}

/** What is in one tree and not, or otherwise, in the other. */
function compareTrees(file: string, expected: string, made: string): Problem[] {
  const before = readTree(expected);
  const after = readTree(made);
  const listed = [...before.keys()];
  return [...new Set([...listed, ...after.keys()])]
    .sort()
    .filter(path => before.get(path) !== after.get(path))
    .map(path => {
      let change = 'has changed';
      if (!before.has(path)) change = 'is new';
      if (!after.has(path)) change = 'is gone';
      // What is new has no line yet: the one it would be put before.
      const at = listed.findIndex(other => other >= path);
      return {
        check: 'golden',
        file,
        line: at < 0 ? Math.max(listed.length, 1) : at + 1,
        message: `${path} ${change} since the golden tree was reviewed: --update`,
      };
    });
}

function readTree(text: string): Map<string, string> {
  return new Map(
    text
      .split('\n')
      .filter(Boolean)
      .map(line => [line.slice(19), line.slice(0, 18)]),
  );
}
