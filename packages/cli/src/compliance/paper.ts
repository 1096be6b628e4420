import { stripVTControlCharacters, styleText } from 'node:util';

const WIDTH = 88;

type Style = Parameters<typeof styleText>[0];

/** Lines for a person: wrapped, with colours only where they are seen. */
export class Paper {
  private text = '';

  constructor(private readonly colours: boolean) {}

  line(text = '', indent = 0): void {
    this.text += `${' '.repeat(indent)}${text}`.trimEnd();
    this.text += '\n';
  }

  /** Words after a label, wrapped below each other. */
  entry(label: string, words: string, indent: number): void {
    const room = WIDTH - indent - label.length;
    const lines = wrap(words, Math.max(room, 30));
    lines.forEach((line, index) =>
      this.line(
        `${
          index === 0 ? this.style('dim', label) : ' '.repeat(label.length)
        }${line}`,
        indent,
      ),
    );
  }

  style(style: Style, text: string): string {
    // Whether colours are wanted was decided by who asked.
    return this.colours
      ? styleText(style, text, { validateStream: false })
      : text;
  }

  toString(): string {
    return this.text;
  }
}

/** Text of a repository: it may hold what moves a cursor or rings a bell. */
export function plain(text: string): string {
  return stripVTControlCharacters(text)
    .replace(/\s+/g, ' ')
    .replace(/\p{Cc}|\p{Cf}/gu, '')
    .trim();
}

function wrap(text: string, width: number): string[] {
  const lines = [''];
  for (const word of plain(text).split(' ')) {
    const last = lines[lines.length - 1];
    if (!last) lines[lines.length - 1] = word;
    else if (last.length + 1 + word.length > width) lines.push(word);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines;
}
