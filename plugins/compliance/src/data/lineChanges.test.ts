import { lineChanges } from './lineChanges';

const numbered = (count: number, changed: Record<number, string> = {}) =>
  Array.from({ length: count }, (_, at) => changed[at + 1] ?? `line ${at + 1}`)
    .map(line => `${line}\n`)
    .join('');

const shown = (before: string, after: string) =>
  lineChanges(before, after).passages.map(({ from, lines }) => [
    from,
    ...lines.map(({ mark, text }) => mark + text),
  ]);

describe('lineChanges', () => {
  it('shows each place with three lines around it, and where it is', () => {
    const before = numbered(40);
    const after = numbered(40, { 2: 'two', 30: 'thirty' });
    expect(shown(before, after)).toEqual([
      [1, ' line 1', '-line 2', '+two', ' line 3', ' line 4', ' line 5'],
      [
        27,
        ...[' line 27', ' line 28', ' line 29', '-line 30', '+thirty'],
        ...[' line 31', ' line 32', ' line 33'],
      ],
    ]);
    expect(lineChanges(before, after)).toMatchObject({ added: 2, removed: 2 });
  });

  it('takes a new file as added, and an empty one as nothing', () => {
    expect(shown('', '# Title\n\nText\n')).toEqual([
      [1, '+# Title', '+', '+Text'],
    ]);
    expect(lineChanges('', '')).toEqual({ passages: [], added: 0, removed: 0 });
  });

  it('does not tell line ends apart, nor a last line without one', () => {
    expect(shown('a\r\nb\r\n', 'a\r\nb\r\nc\r\n')).toEqual([
      [1, ' a', ' b', '+c'],
    ]);
    expect(shown('a\nb', 'a\nb\n')).toEqual([[1, ' a', '-b', '+b']]);
  });

  it('shows text that looks like a mark as text', () => {
    expect(shown('-- a\n', '++ b\n')).toEqual([[1, '--- a', '+++ b']]);
  });
});
