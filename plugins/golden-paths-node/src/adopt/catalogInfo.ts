import { isDeepStrictEqual } from 'node:util';
import { ConflictError } from '@backstage/errors';
import {
  Document,
  isMap,
  isScalar,
  Pair,
  parseAllDocuments,
  stringify,
  YAMLMap,
} from 'yaml';

/** A text that an entity is to say. */
export interface Statement {
  path: readonly string[];
  value: string;
}

/**
 * Makes a document of a catalog file say something, and leaves all other
 * characters as they are. A form in which lines cannot be added is written anew,
 * its comments kept.
 *
 * @param document - counted from 0
 * @throws ConflictError where the file cannot be read or changed
 */
export function stateIn(
  text: string,
  document: number,
  statements: readonly Statement[],
): string {
  try {
    const before = read(text).map(plain);
    const expected = before.map((value, index) =>
      index === document
        ? statements.reduce(
            (all, { path, value: said }) => withValue(all, path, said),
            value,
          )
        : value,
    );
    for (const change of [addLines, writeAnew]) {
      const changed = change(text, document, statements);
      if (isDeepStrictEqual(read(changed).map(plain), expected)) return changed;
    }
    throw new Error('its form is not one that is changed by itself');
  } catch (error) {
    const [reason] = (error as Error).message.split('\n');
    throw new ConflictError(
      `The catalog file has to be changed by hand: ${reason.slice(0, 200)}`,
    );
  }
}

function addLines(
  text: string,
  document: number,
  statements: readonly Statement[],
): string {
  return statements.reduce((said, { path, value }) => {
    const { contents } = read(said)[document];
    const splice = isMap(contents) && place(said, contents, path, value);
    return splice
      ? said.slice(0, splice.start) + splice.text + said.slice(splice.end)
      : said;
  }, text);
}

function place(
  text: string,
  map: YAMLMap,
  [key, ...rest]: readonly string[],
  value: string,
): { start: number; end: number; text: string } | undefined {
  if (map.flow || map.items.length === 0) return undefined;
  const found = map.items.find(
    pair => isScalar(pair.key) && pair.key.value === key,
  );
  if (found && rest.length > 0) {
    return isMap(found.value)
      ? place(text, found.value, rest, value)
      : undefined;
  }
  if (found) {
    const range = isScalar(found.value) && found.value.range;
    return range && isOneLine(text, found)
      ? { start: range[0], end: range[1], text: scalar(value) }
      : undefined;
  }
  const newline = text.includes('\r\n') ? '\r\n' : '\n';
  const indent = ' '.repeat(columnOf(text, map.items[0]));
  const lines = [key, ...rest].map(
    (name, depth) =>
      `${indent}${'  '.repeat(depth)}${scalar(name)}:${
        depth === rest.length ? ` ${scalar(value)}` : ''
      }`,
  );
  const block = lines.join(newline);
  // Behind a line that is whole by itself, so that nothing is torn apart.
  const anchor = [...map.items].reverse().find(one => isOneLine(text, one));
  if (!anchor) {
    const start = startOf(map.items[0]) - indent.length;
    return { start, end: start, text: `${block}${newline}` };
  }
  const next = text.indexOf('\n', endOf(anchor));
  return next < 0
    ? { start: text.length, end: text.length, text: `${newline}${block}` }
    : { start: next + 1, end: next + 1, text: `${block}${newline}` };
}

function writeAnew(
  text: string,
  document: number,
  statements: readonly Statement[],
): string {
  const documents = read(text);
  for (const { path, value } of statements) {
    documents[document].setIn(path, value);
  }
  return documents.map(one => one.toString({ lineWidth: 0 })).join('');
}

function read(text: string): Document.Parsed[] {
  const documents = parseAllDocuments(text, { logLevel: 'error' });
  if ('empty' in documents) return [];
  for (const { errors } of documents) if (errors[0]) throw errors[0];
  return documents as Document.Parsed[];
}

function plain(document: Document.Parsed): unknown {
  return document.toJS({ maxAliasCount: 100 });
}

function withValue(
  node: unknown,
  [step, ...rest]: readonly string[],
  value: string,
): unknown {
  if (step === undefined) return value;
  const map = (node ?? {}) as Record<string, unknown>;
  const inner = Object.hasOwn(map, step) ? map[step] : undefined;
  return { ...map, [step]: withValue(inner, rest, value) };
}

function isOneLine(text: string, pair: Pair): boolean {
  if (!isScalar(pair.value) || /^BLOCK_/.test(pair.value.type ?? '')) {
    return false;
  }
  return !text.slice(startOf(pair), endOf(pair)).includes('\n');
}

function startOf({ key }: Pair): number {
  return (isScalar(key) && key.range?.[0]) || 0;
}

function endOf({ key, value }: Pair): number {
  const [, end = 0] = (isScalar(value) && value.range) || [];
  return Math.max(end, (isScalar(key) && key.range?.[1]) || 0);
}

function columnOf(text: string, pair: Pair): number {
  const at = startOf(pair);
  return at - (text.lastIndexOf('\n', at - 1) + 1);
}

function scalar(value: string): string {
  return stringify(value, { lineWidth: 0 }).trimEnd();
}
