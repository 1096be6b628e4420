import hljs from 'highlight.js/lib/common';
import { escapeHtml } from './html';

const MAX_HIGHLIGHT = 200_000;

const BY_EXTENSION: Record<string, string> = {
  cjs: 'javascript',
  mjs: 'javascript',
  cts: 'typescript',
  mts: 'typescript',
  tpl: 'yaml',
  tf: 'ini',
  toml: 'ini',
  rego: 'ruby',
  proto: 'cpp',
  dockerfile: 'bash',
};

/** Code as HTML with classes; undefined when the language is not known. */
export function highlight(code: string, language: string): string | undefined {
  const name = BY_EXTENSION[language] ?? language;
  return code.length <= MAX_HIGHLIGHT && name && hljs.getLanguage(name)
    ? hljs.highlight(code, { language: name, ignoreIllegals: true }).value
    : undefined;
}

/** The word that says the language of a file. */
export function languageOf(path: string): string {
  const name = path.split('/').at(-1)?.toLowerCase() ?? '';
  return name.startsWith('dockerfile') || name === 'makefile'
    ? { m: 'makefile', d: 'dockerfile' }[name[0]] ?? ''
    : name.split('.').slice(1).at(-1) ?? '';
}

/** The lines of a file as HTML; what spans lines is closed and opened again. */
export function codeLines(text: string, path: string): string[] {
  const body = text.replace(/\r?\n$/, '');
  const marked = highlight(body, languageOf(path));
  if (marked === undefined) {
    return body.split('\n').map(escapeHtml);
  }
  const open: string[] = [];
  return marked.split('\n').map(line => {
    const start = open.join('');
    for (const tag of line.match(/<span[^>]*>|<\/span>/g) ?? []) {
      if (tag === '</span>') {
        open.pop();
      } else {
        open.push(tag);
      }
    }
    return start + line + '</span>'.repeat(open.length);
  });
}
