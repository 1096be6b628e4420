import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Puts a program in mkdocs' place whose every page says how to get the real
 * one: there, where the person who misses the docs is.
 *
 * @param folder - where the portal looks for `mkdocs`
 * @param advice - plain text, a paragraph per line
 */
export function explainMissingDocs(folder: string, advice: string) {
  mkdirSync(folder, { recursive: true });
  const program = join(folder, 'mkdocs');
  writeFileSync(program, standIn(pageOf(advice)));
  chmodSync(program, 0o755);
}

function pageOf(advice: string): string {
  const paragraphs = advice
    .split('\n')
    .map(line => `<p>${escapeHtml(line)}</p>`)
    .join('');
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>No docs yet</title><link rel="stylesheet" href="main.00000000.min.css"></head><body><div class="md-content"><article class="md-content__inner md-typeset"><h1>No docs yet</h1>${paragraphs}<p>Until then, the text is in the docs folder of the repository.</p></article></div></body></html>`;
}

function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
}

function standIn(page: string): string {
  return `#!/bin/sh
set -eu
out=site
while [ $# -gt 0 ]; do
  case $1 in -d | --site-dir) out=$2; shift ;; esac
  shift
done
mkdir -p "$out/search"
cat >"$out/index.html" <<'PAGE'
${page}
PAGE
# A page of docs stays hidden until a stylesheet named as mkdocs names it has come.
printf '.md-content { max-width: 40rem; }' >"$out/main.00000000.min.css"
printf '{"config":{},"docs":[]}' >"$out/search/search_index.json"
[ -d docs ] || exit 0
find docs -type f -name '*.md' ! -name index.md | while IFS= read -r file; do
  folder=$out/\${file#docs/}
  folder=\${folder%.md}
  mkdir -p "$folder"
  cp "$out/index.html" "$out/main.00000000.min.css" "$folder"
done
`;
}
