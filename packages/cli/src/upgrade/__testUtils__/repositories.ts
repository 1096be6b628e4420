import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  mkdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { Tree } from '@waymark/backstage-plugin-golden-paths-node';

/** Runs git in a folder, as somebody. */
export function git(folder: string, ...args: string[]): string {
  const who = ['-c', 'user.name=Maya', '-c', 'user.email=maya@example.com'];
  return execFileSync('git', [...who, ...args], {
    cwd: folder,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  }).replace(/\n$/, '');
}

/** Commits all that is in a folder, which becomes a repository. */
export function commitAll(folder: string, message: string): string {
  git(folder, 'init', '--quiet');
  git(folder, 'add', '--all');
  git(folder, 'commit', '--quiet', '--message', message);
  return git(folder, 'rev-parse', 'HEAD');
}

/** Changes files by path: a text to write, a function of it, or null to remove. */
export function edit(
  folder: string,
  edits: Record<string, string | null | ((text: string) => string)>,
): void {
  for (const [path, change] of Object.entries(edits)) {
    const file = join(folder, path);
    if (change === null) {
      rmSync(file);
    } else {
      const text =
        typeof change === 'string'
          ? change
          : change(readFileSync(file, 'utf8'));
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text);
    }
  }
}

export function writeTree(folder: string, tree: Tree): void {
  for (const [path, entry] of tree) {
    if (entry.mode === '160000') continue;
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, entry.content);
    chmodSync(file, entry.mode === '100755' ? 0o755 : 0o644);
  }
}

/**
 * Writes the history of a golden path: version 1.0.0 as the checkout's own Node.js
 * path, one commit that says nothing of itself, then 2.0.0.
 *
 * @returns the commits of 1.0.0 as it was first, and of 2.0.0
 */
export function writeGoldenPath(root: string, folder: string) {
  for (const name of ['_layers', '_parts', 'node-api']) {
    cpSync(join(root, 'templates', name), join(folder, 'templates', name), {
      recursive: true,
    });
  }
  const path = join(folder, 'templates/node-api');
  const version = (to: string) => (text: string) =>
    text.replace(/(template-version:) .*/, `$1 ${to}`);
  edit(path, {
    'template.yaml': version('1.0.0'),
    'CHANGELOG.md': '# Changelog\n\n## 1.0.0\n\n- First.\n',
  });
  const first = commitAll(folder, '1.0.0');
  edit(path, { 'skeleton/src/logger.ts': text => `// Quiet.\n${text}` });
  commitAll(folder, 'No version');
  edit(path, {
    'template.yaml': text =>
      version('2.0.0')(text).replace(
        / +database:\n/,
        `        region:
          title: Region
          type: string
          default: eu
$&`,
      ),
    'CHANGELOG.md': text =>
      text.replace('## 1.0.0', '## 2.0.0\n\n- Prices know a region.\n\n$&'),
    'skeleton/src/logger.ts': text => `${text}// New at the end.\n`,
    'skeleton/src/quotes/price.ts': text => `// New price.\n${text}`,
    'skeleton/src/quotes/schemas.ts': text => `// New schema.\n${text}`,
    'skeleton/.nvmrc': '26\n',
    'skeleton/biome.json': null,
    'skeleton/biome.json/rules.json': '{}\n',
    'skeleton/tools/check': '#!/bin/sh\n',
  });
  chmodSync(join(path, 'skeleton/tools/check'), 0o755);
  const next = commitAll(folder, '2.0.0');
  return { first, next };
}
