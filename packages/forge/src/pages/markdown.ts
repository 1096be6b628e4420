import MarkdownIt from 'markdown-it';
import { encodePath } from '../urls';
import { highlight } from './code';
import { escapeHtml, SafeHtml } from './html';

/** Where the links of a text start from. */
export interface MarkdownBase {
  /** Path of the repository's page. */
  repository: string;
  ref: string;
  /** Folder the text lies in; '' is the root. */
  folder: string;
}

/** Markdown as HTML. HTML inside of it is shown, not run. */
export function markdown(text: string, base?: MarkdownBase): SafeHtml {
  const md = new MarkdownIt({
    html: false,
    linkify: true,
    typographer: false,
    highlight: (code, language) => highlight(code, language) ?? '',
  });
  const { link_open: linkOpen, image } = md.renderer.rules;
  md.renderer.rules.link_open = (tokens, index, options, env, self) => {
    const token = tokens[index];
    const href = String(token.attrGet('href') ?? '');
    token.attrSet('href', resolveLink(href, base, 'blob'));
    token.attrSet('rel', 'nofollow noreferrer');
    return linkOpen
      ? linkOpen(tokens, index, options, env, self)
      : self.renderToken(tokens, index, options);
  };
  md.renderer.rules.image = (tokens, index, options, env, self) => {
    const token = tokens[index];
    const src = resolveLink(String(token.attrGet('src') ?? ''), base, 'raw');
    token.attrSet('src', src);
    if (!src.startsWith('/') || src.startsWith('//')) {
      // Nothing is loaded from elsewhere; what it says is kept.
      return escapeHtml(token.content || src);
    }
    return image
      ? image(tokens, index, options, env, self)
      : self.renderToken(tokens, index, options);
  };
  return new SafeHtml(md.render(text));
}

/** A relative link as a path of the forge; others as they are. */
export function resolveLink(
  href: string,
  base: MarkdownBase | undefined,
  kind: 'blob' | 'raw',
): string {
  if (!base || href === '' || /^([a-z][a-z0-9+.-]*:|\/\/|#)/i.test(href)) {
    return href;
  }
  const [, path, rest] = /^([^?#]*)(.*)$/s.exec(href) ?? ['', href, ''];
  const parts = path.startsWith('/') ? [] : base.folder.split('/');
  for (const part of path.split('/')) {
    if (part === '..') {
      parts.pop();
    } else if (part !== '' && part !== '.') {
      parts.push(part);
    }
  }
  const target = parts.filter(Boolean).join('/');
  return `${base.repository}/${kind}/${encodePath(base.ref)}/${target}${rest}`;
}
