/** Lines that are seen around what is written. */
const AROUND = 2;

export interface WrittenLine {
  /** Counted from 1, in the new file. */
  line: number;
  text: string;
  isNew: boolean;
}

/**
 * What is written into a file, with the lines around it.
 *
 * @param before - null for a new file, which is shown as a whole
 * @returns passages that stand apart from each other
 */
export function writtenLines(
  before: string | null,
  after: string,
): WrittenLine[][] {
  const is = after.replace(/\r?\n$/, '').split(/\r?\n/);
  const was = before === null ? [] : before.split(/\r?\n/);
  let at = 0;
  const lines = is.map((text, index): WrittenLine => {
    const line = index + 1;
    if (was[at] === text) {
      at += 1;
      return { line, text, isNew: false };
    }
    // A line that stands in the place of another, which comes no more.
    if (at < was.length && !is.includes(was[at], index)) at += 1;
    return { line, text, isNew: true };
  });
  const near = lines.filter(({ line }) =>
    lines
      .slice(Math.max(line - 1 - AROUND, 0), line + AROUND)
      .some(({ isNew }) => isNew),
  );
  const passages: WrittenLine[][] = [];
  for (const one of near) {
    const last = passages.at(-1);
    if (last && last[last.length - 1].line === one.line - 1) last.push(one);
    else passages.push([one]);
  }
  return passages;
}
