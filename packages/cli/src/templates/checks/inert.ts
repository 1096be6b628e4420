import { Files, lineAt, Problem } from '../problem';

/** A description that occurs nowhere by chance. */
export const PLACEHOLDER = 'Placeholder 7d1f3b';

/**
 * That text from the form is shown and never carried out.
 *
 * @param files - the repository made with the description to try
 * @param plain - the same made with {@link PLACEHOLDER}: with the description
 * written in its place, file by file, it must be the first.
 */
export function checkInert(
  files: Files,
  description: string,
  plain: Files,
): Problem[] {
  const paths = new Set([...files.keys(), ...plain.keys()]);
  return [...paths].flatMap(file => {
    const expected = plain
      .get(file)
      ?.replaceAll(inMarkdown(PLACEHOLDER), () => inMarkdown(description))
      .replaceAll(JSON.stringify(PLACEHOLDER), () =>
        JSON.stringify(description),
      );
    const made = files.get(file);
    if (made === expected) return [];
    return [
      {
        check: 'inert',
        file,
        line: firstDifference(made ?? '', expected ?? ''),
        message: 'the description changes more than itself',
      },
    ];
  });
}

function firstDifference(one: string, other: string): number {
  let index = 0;
  while (index < one.length && one[index] === other[index]) index += 1;
  return lineAt(one, index);
}

/** Answers as the Markdown files of a golden path write them. */
function inMarkdown(text: string): string {
  const named: Record<string, string> = {
    '&': '&amp;',
    '"': '&quot;',
    "'": '&#39;',
    '<': '&lt;',
    '>': '&gt;',
  };
  return `About: ${text
    .replace(/[&"'<>]/g, character => named[character])
    .replace(
      /[\\`*_{}[\]|~$^+=@]/g,
      character => `&#${character.charCodeAt(0)};`,
    )
    .replaceAll('://', '&#58;//')}\n`;
}
