import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { mergeTrees } from './mergeTrees';
import { Tree, TreeEntry } from './tree';
import { textsOf, treeOf } from './__testUtils__/trees';

type Edit =
  | { kind: 'insert' | 'replace' | 'delete'; file: number; at: number }
  | { kind: 'rename' | 'remove' | 'program' | 'windows'; file: number }
  | { kind: 'add'; name: number; at: number };

const NAMES = ['Makefile', 'src/a.ts', 'src/b.ts', 'docs/a.md', 'src', 'x/y'];

const file = fc.nat(3);
const at = fc.nat(15);
const edit: fc.Arbitrary<Edit> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constantFrom('insert', 'replace', 'delete'),
      file,
      at,
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constantFrom('rename', 'remove', 'program'),
      file,
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('add'),
      name: fc.nat(NAMES.length - 1),
      at,
    }),
  },
);
const edits = fc.array(edit, { maxLength: 10 });
const windows: fc.Arbitrary<Edit> = fc.record({
  kind: fc.constant('windows'),
  file,
});

const base = treeOf(
  Object.fromEntries(
    ['Makefile', 'src/a.ts', 'src/b.ts', 'docs/index.md'].map(
      (path, number) => [
        path,
        Array.from({ length: 12 }, (_, i) => `base ${number}.${i}\n`).join(''),
      ],
    ),
  ),
);

const entry = (text: string): TreeEntry => ({
  mode: '100644',
  content: Buffer.from(text),
});

/** What somebody makes of the tree; each line they write names them. */
function applied(who: string, changes: readonly Edit[]): Tree {
  const tree = new Map(base);
  // A file is known by what it was, wherever it is now.
  const places = [...base.keys()] as (string | undefined)[];
  changes.forEach((change, count) => {
    const line = `${who} ${count}`;
    if (change.kind === 'add') {
      const path = NAMES[change.name];
      const taken = [...tree.keys()].some(
        other =>
          other === path ||
          other.startsWith(`${path}/`) ||
          path.startsWith(`${other}/`),
      );
      if (!taken) {
        tree.set(path, entry(`${line}\n`.repeat(1 + (change.at % 3))));
      }
      return;
    }
    const path = places[change.file];
    const now = path === undefined ? undefined : tree.get(path);
    if (path === undefined || now?.mode === '160000' || !now) return;
    const text = now.content.toString('utf8');
    const rows = text.split('\n').slice(0, -1);
    const put = (next: string[]) =>
      tree.set(path, {
        ...now,
        content: Buffer.from(next.map(row => `${row}\n`).join('')),
      });
    const where = 'at' in change ? change.at % Math.max(rows.length, 1) : 0;
    switch (change.kind) {
      case 'insert':
        put(rows.toSpliced(where, 0, line));
        break;
      case 'replace':
        put(rows.toSpliced(where, 1, line));
        break;
      case 'delete':
        put(rows.toSpliced(where, 1));
        break;
      case 'windows':
        put(rows.map(row => `${row.replace(/\r$/, '')}\r`));
        break;
      case 'program':
        tree.set(path, { mode: '100755', content: now.content });
        break;
      default:
        tree.delete(path);
        places[change.file] = undefined;
        if (change.kind === 'rename') {
          places[change.file] = `${who}/${count}`;
          tree.set(`${who}/${count}`, now);
        }
    }
  });
  return tree;
}

const linesOf = (tree: Tree) =>
  new Set(
    Object.values(textsOf(tree)).flatMap(text =>
      text.split(/\r?\n/).filter(Boolean),
    ),
  );

const merge = (ours: Tree, theirs: Tree) =>
  mergeTrees({ base, ours, theirs, labels: { ours: 'yours', theirs: 'it' } });

// Each run starts git several times.
jest.setTimeout(300_000);

describe('a merge of random edits', () => {
  it('loses no line of the owners that the template did not remove', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.oneof({ weight: 5, arbitrary: edit }, windows), {
          maxLength: 10,
        }),
        edits,
        async (own, its) => {
          const [ours, theirs] = [applied('own', own), applied('its', its)];
          const { tree } = await merge(ours, theirs);
          const [left, kept] = [linesOf(theirs), linesOf(tree)];
          const lost = [...linesOf(ours)].filter(
            line =>
              !kept.has(line) && (line.startsWith('own') || left.has(line)),
          );
          expect(lost).toEqual([]);
          // Nor does any file appear that neither of them has named.
          const strange = [...tree.keys()].filter(path => path.includes('~'));
          expect(strange).toEqual([]);
        },
      ),
      { numRuns: 150 },
    );
  });

  it('is what git merge makes in a working tree, wherever that has no conflict', async () => {
    let clean = 0;
    await fc.assert(
      fc.asyncProperty(edits, edits, async (own, its) => {
        const [ours, theirs] = [applied('own', own), applied('its', its)];
        const { tree, conflicts } = await merge(ours, theirs);
        const byGit = gitMerge(ours, theirs);
        expect(conflicts.length === 0).toBe(byGit !== undefined);
        if (!byGit) return;
        clean += 1;
        expect(textsOf(tree)).toEqual(byGit);
      }),
      {
        numRuns: 60,
        // What chance found once.
        examples: [
          [
            [
              { kind: 'rename', file: 2 },
              { kind: 'rename', file: 1 },
              { kind: 'add', name: 4, at: 0 },
            ],
            [{ kind: 'insert', file: 1, at: 0 }],
          ],
        ],
      },
    );
    expect(clean).toBeGreaterThan(0);
  });
});

/** What a person gets from `git merge`; undefined where it has conflicts. */
function gitMerge(
  ours: Tree,
  theirs: Tree,
): Record<string, string> | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'waymark-git-merge-'));
  const git = (...args: string[]) =>
    execFileSync(
      'git',
      ['-c', 'user.name=a', '-c', 'user.email=a@b', ...args],
      {
        cwd: folder,
        encoding: 'latin1',
        stdio: ['ignore', 'pipe', 'pipe'],
        env: { PATH: process.env.PATH, HOME: folder },
      },
    );
  const commit = (tree: Tree) => {
    git('rm', '-rfq', '--ignore-unmatch', '.');
    for (const [path, file_] of tree) {
      if (file_.mode === '160000') continue;
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), file_.content, {
        mode: file_.mode === '100755' ? 0o755 : 0o644,
      });
    }
    git('add', '-A');
    git('commit', '-q', '--allow-empty', '-m', 'x');
  };
  try {
    git('init', '-q', '-b', 'ours');
    commit(base);
    git('branch', 'theirs');
    commit(ours);
    git('checkout', '-q', 'theirs');
    commit(theirs);
    git('checkout', '-q', 'ours');
    try {
      git('merge', '-q', '--no-edit', 'theirs');
    } catch {
      return undefined;
    }
    const listed = git('ls-tree', '-r', 'HEAD').split('\n').filter(Boolean);
    return Object.fromEntries(
      listed.map(line => {
        const [, mode, oid, path] = /^(\d+) blob (\w+)\t(.*)$/.exec(line)!;
        const mark = mode === '100755' ? '*' : '';
        return [`${mark}${path}`, git('cat-file', 'blob', oid)];
      }),
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
