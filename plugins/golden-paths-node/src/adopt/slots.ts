import { Tree } from '../upgrade';
import { Field, takes, Value } from './form';
import { rowsOf } from './RepositoryView';

/** Places of one answer that are looked at. */
const MOST_PLACES = 80;
/** Readings of one answer that are worth trying. */
const MOST_READINGS = 3;

/** A value that stands in a repository where a golden path writes an answer. */
export interface Reading<T = string> {
  value: T;
  path: string;
  places: number;
}

/**
 * An answer that nobody gives, so that it is known where it stands in what is
 * made of it; undefined where none can be thought of that the form takes.
 */
export function trialAnswer(field: Field, index: number): Value | undefined {
  const word = `zqx${'abcdefghijklmnopqrstuvwxyz'[index % 26]}w`;
  const trials: Value[] =
    field.type === 'string'
      ? [
          `Z${word.slice(1)} ${word}`,
          `${word}-${word}`,
          word,
          `${field.kind ?? 'group'}:default/${word}`,
          `${word}.example.com`,
          `https://${word}.example.com`,
        ]
      : [7, 9, 8, 6, 11, 13, 5, 17, 23, 37, 4, 3, 0.7, 0.3];
  return trials.find(value => value !== field.default && takes(field, value));
}

/** The same, read as the field's answer; those that it does not take left out. */
export function readAnswers(
  field: Field,
  trial: Value,
  made: Tree,
  tree: Tree,
  plain: Tree,
): Reading<Value>[] {
  return readings(String(trial), made, tree, plain).flatMap(
    ({ value: text, ...place }) => {
      const value = field.type === 'string' ? text : Number(text);
      return takes(field, value) ? [{ value, ...place }] : [];
    },
  );
}

/**
 * Values that stand in a repository where a word stands in what a golden path
 * makes: in the same file, on a line that is the same around it. What stands in
 * most places comes first.
 *
 * @param plain - the same without the word, whose lines are no places of it
 */
export function readings(
  word: string,
  made: Tree,
  tree: Tree,
  plain?: Tree,
): Reading[] {
  const alone = new RegExp(
    `(?<![\\p{L}\\p{N}])${escape(word)}(?![\\p{L}\\p{N}])`,
    'gu',
  );
  const found = new Map<string, Reading>();
  let places = 0;
  for (const [path, entry] of made) {
    if (places >= MOST_PLACES) break;
    const rows = rowsOf(entry)?.filter(row => row.includes(word)) ?? [];
    if (rows.length === 0) continue;
    const own = rowsOf(tree.get(path));
    if (!own) continue;
    const usual = new Set(plain && rowsOf(plain.get(path)));
    for (const row of new Set(rows)) {
      const parts = row.split(alone);
      const around = parts.join('');
      if (parts.length < 2 || usual.has(row) || !/\p{L}{2}/u.test(around)) {
        continue;
      }
      places += 1;
      const values = own.flatMap(line => between(parts, line) ?? []);
      for (const value of new Set(values)) {
        const before = found.get(value);
        if (before) before.places += 1;
        else found.set(value, { value, path, places: 1 });
      }
    }
  }
  return [...found.values()]
    .sort((one, other) => other.places - one.places)
    .slice(0, MOST_READINGS);
}

/** What stands between the parts, the same each time. */
function between(parts: readonly string[], line: string): string | undefined {
  const [first] = parts;
  const last = parts[parts.length - 1];
  const around = parts.reduce((sum, part) => sum + part.length, 0);
  const length = (line.length - around) / (parts.length - 1);
  if (!Number.isInteger(length) || length < 1) return undefined;
  const value = line.slice(first.length, first.length + length);
  if (parts.join(value) !== line) return undefined;
  return first.endsWith('"') && last.startsWith('"') ? unquoted(value) : value;
}

function unquoted(text: string): string | undefined {
  try {
    return JSON.parse(`"${text}"`);
  } catch {
    return undefined;
  }
}

function escape(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
