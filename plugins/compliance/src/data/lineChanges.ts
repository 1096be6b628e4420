import { structuredPatch } from 'diff';

/** What happens to a line: it is added, removed, or stands beside those. */
export type LineMark = '+' | '-' | ' ';

/** Lines that follow each other, from a line of the file. */
export type Passage = {
  /** In the new file, from 1; in the old one where nothing is left. */
  from: number;
  lines: { mark: LineMark; text: string }[];
};

/** How a text changes, with three lines around each place. */
export function lineChanges(before: string, after: string) {
  // A reader cannot see how lines end, and fixes leave it as it is.
  const [old, now] = [before, after].map(text => text.replace(/\r\n/g, '\n'));
  const { hunks } = structuredPatch('', '', old, now, '', '', { context: 3 });
  const passages = hunks.map(
    ({ newStart, oldStart, lines }): Passage => ({
      from: newStart || oldStart,
      lines: lines
        // "\ No newline at end of file" is none of the file's lines.
        .filter(line => !line.startsWith('\\'))
        .map(line => ({ mark: line[0] as LineMark, text: line.slice(1) })),
    }),
  );
  const of = (mark: LineMark) =>
    passages.flatMap(({ lines }) => lines).filter(line => line.mark === mark)
      .length;
  return { passages, added: of('+'), removed: of('-') };
}
