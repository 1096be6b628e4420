/** Tags that only lay out; what is between them is kept. */
const LAYOUT =
  /<\/?(a|abbr|b|br|center|code|details|div|em|h[1-6]|hr|i|img|kbd|p|picture|source|span|strong|sub|summary|sup)(\s[^<>]*)?\/?>/gi;

const MOST_CHARACTERS = 300;

/** The first paragraph of a README as one line of plain text. */
export function firstParagraph(markdown: string): string | undefined {
  const blocks = withoutCode(markdown)
    .replace(/\r\n?/g, '\n')
    .replace(/^---\n[\s\S]*?\n---\n/, '')
    .replace(/<!--[\s\S]*?(-->|$)/g, '')
    .replace(/^.+\n(=+|-+)[ \t]*$/gm, '')
    .replace(/^#.*$/gm, '\n')
    .split(/\n\s*\n/);
  return blocks
    .map(plainText)
    .find(text => /\p{L}{2}.*\s.*\p{L}{2}/u.test(text));
}

function plainText(block: string): string {
  // Lists, tables and quotes are no description.
  if (/^\s*([-*+|>]|\d+[.)])\s?/.test(block)) return '';
  const text = block
    .replace(/!\[[^\]]*\](\([^)]*\)|\[[^\]]*\])/g, '')
    .replace(/\[([^\]]*)\](\([^)]*\)|\[[^\]]*\])/g, '$1')
    .replace(/<[^>]*>/g, '')
    .replace(/[`*<>]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, '')
    .replace(/\p{C}/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  if (text.length <= MOST_CHARACTERS) return text;
  const [sentence] = /^.{20,300}?[.!?](?=\s)/u.exec(text) ?? [];
  return sentence ?? `${text.slice(0, MOST_CHARACTERS - 3).trimEnd()}...`;
}

function withoutCode(markdown: string): string {
  return markdown.replace(
    /^[ \t]*(`{3,}|~{3,})[\s\S]*?(^[ \t]*\1|(?![\s\S]))/gm,
    '',
  );
}

/**
 * A README as a page of the docs: links lead to where they led, and no HTML is
 * left that a browser would carry out.
 *
 * @param linkTo - where a path below the README's folder is found from the page
 */
export function toPage(
  markdown: string,
  linkTo: (path: string) => string,
): string {
  return outsideCode(markdown, text =>
    text
      .replace(LAYOUT, '')
      .replace(/<(?=[a-z/!?])(?!https?:\/\/[^\s<>]*>)/gi, '&lt;')
      .replace(
        /\]\(\s*<?([^)\s>]*)>?/g,
        (_, target) => `](${link(target, linkTo)}`,
      )
      .replace(
        /^( {0,3}\[[^\]\n]+\]:\s*)<?([^\s>]+)>?/gm,
        (_, label, target) => `${label}${link(target, linkTo)}`,
      ),
  );
}

function link(target: string, linkTo: (path: string) => string): string {
  if (target === '' || target.startsWith('#')) return target;
  const [, scheme] = /^([^/?#]*):/.exec(target) ?? [];
  if (scheme !== undefined) {
    return /^(https?|mailto)$/i.test(scheme) ? target : '#';
  }
  if (target.startsWith('//')) return target;
  const [, path, rest] = /^([^?#]*)(.*)$/s.exec(target) ?? [];
  return `${linkTo(path.replace(/^(\.?\/)+/, ''))}${rest}`;
}

/** Changes text, and leaves blocks and spans of code as they are. */
function outsideCode(
  markdown: string,
  change: (text: string) => string,
): string {
  const code =
    /(^[ \t]*(`{3,}|~{3,})[\s\S]*?^[ \t]*\2[^\n]*$|(?<!`)(`+)(?!`)[^\n]*?[^`\n]\3(?!`))/m;
  let rest = markdown;
  let page = '';
  for (let found = code.exec(rest); found; found = code.exec(rest)) {
    page += change(rest.slice(0, found.index)) + found[0];
    rest = rest.slice(found.index + found[0].length);
  }
  return page + change(rest);
}
