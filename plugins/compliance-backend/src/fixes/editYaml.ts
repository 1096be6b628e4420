import { isDeepStrictEqual } from 'node:util';
import { ConflictError } from '@backstage/errors';
import {
  Document,
  isCollection,
  isMap,
  isScalar,
  isSeq,
  Node,
  Pair,
  parseAllDocuments,
  stringify,
  YAMLMap,
} from 'yaml';

/** A value to be written where there is none. */
export interface YamlEdit {
  /** Counted from 0. */
  document: number;
  path: readonly (string | number)[];
  value: string;
  /** Above what is added. */
  comment?: string;
  /** Below the first of these keys that is there; at the end otherwise. */
  after?: readonly string[];
}

interface Splice {
  start: number;
  end: number;
  text: string;
}

/**
 * Adds a value and leaves every other character as it is. What came of it is
 * read again: the file then says what it said before, and the value.
 *
 * @param shape - a text of the same length to find the place in; the text itself
 *   unless it is a template
 * @throws ConflictError where the file cannot be read or changed this way
 */
export function editYaml(
  file: string,
  text: string,
  edit: YamlEdit,
  shape = text,
): string {
  try {
    const documents = read(shape);
    const splice = place(shape, documents[edit.document], edit);
    const changed = apply(shape, splice);
    if (!saysTheSame(documents, read(changed), edit)) {
      throw new Error('its form is not one that is changed by itself');
    }
    return apply(text, splice);
  } catch (error) {
    const [reason] = (error as Error).message.split('\n');
    throw new ConflictError(
      `${file} has to be changed by hand: ${reason.slice(0, 200)}`,
    );
  }
}

function read(text: string): Document.Parsed[] {
  const documents = parseAllDocuments(text, { merge: true, logLevel: 'error' });
  if ('empty' in documents) return [];
  for (const { errors } of documents) if (errors[0]) throw errors[0];
  return documents as Document.Parsed[];
}

function apply(text: string, { start, end, text: added }: Splice): string {
  return text.slice(0, start) + added + text.slice(end);
}

function place(
  text: string,
  document: Document.Parsed | undefined,
  edit: YamlEdit,
): Splice {
  const { path, value } = edit;
  let node: unknown = document?.contents ?? null;
  let holder: Pair | undefined;
  for (const [depth, step] of path.entries()) {
    if (isSeq(node) && typeof step === 'number') {
      node = node.items[step];
      holder = undefined;
      continue;
    }
    if (!isMap(node)) return open(text, holder, node, path.slice(depth), edit);
    const found = pairOf(node, step);
    if (!found) return insert(text, node, holder, path.slice(depth), edit);
    holder = found;
    node = found.value;
  }
  if (!isBlank(node) || !holder) throw new Error(`${path.join('.')} is there`);
  const [start, end] = rangeOf(node);
  if (end > start) return { start, end, text: scalar(value) };
  const at = colonOf(text, holder) + 1;
  return { start: at, end: at, text: ` ${scalar(value)}` };
}

/** Into a map that has something already. */
function insert(
  text: string,
  map: YAMLMap,
  holder: Pair | undefined,
  path: YamlEdit['path'],
  edit: YamlEdit,
): Splice {
  if (map.flow && map.items.length === 0) {
    return open(text, holder, map, path, edit);
  }
  if (map.flow) {
    const at = endOf(map.items[map.items.length - 1]);
    return { start: at, end: at, text: `, ${flow(path, edit.value)}` };
  }
  const before =
    edit.after?.map(key => pairOf(map, key)).find(Boolean) ??
    map.items[map.items.length - 1];
  const column = columnOf(text, rangeOf(map.items[0].key)[0]);
  return below(text, endOf(before), path, column, edit);
}

/** Into what is empty: `key:`, `key: {}` or a file that says nothing. */
function open(
  text: string,
  holder: Pair | undefined,
  node: unknown,
  path: YamlEdit['path'],
  edit: YamlEdit,
): Splice {
  const isEmpty = isBlank(node) || (isMap(node) && node.items.length === 0);
  if (!isEmpty) throw new Error('there is something else in the place');
  if (!holder) {
    if (text.trim() && isMap(node)) throw new Error('it is empty');
    return below(text, text.length, path, 0, edit);
  }
  const column = columnOf(text, rangeOf(holder.key)[0]) + 2;
  const colon = colonOf(text, holder) + 1;
  const end = Math.max(colon, isMap(node) ? rangeOf(node)[1] : colon);
  const rest = below(text, end, path, column, edit);
  // `{}` goes, and a comment behind it stays.
  return {
    ...rest,
    start: colon,
    text: text.slice(end, rest.start) + rest.text,
  };
}

/** Lines below the one that a place is in. */
function below(
  text: string,
  place_: number,
  path: YamlEdit['path'],
  column: number,
  { value, comment }: YamlEdit,
): Splice {
  const newline = text.includes('\r\n') ? '\r\n' : '\n';
  const next = text.indexOf('\n', Math.max(place_ - 1, 0));
  const ends = next >= 0 || text === '';
  const at = next >= 0 ? next + 1 : text.length;
  const indent = ' '.repeat(column);
  const lines = path.map(
    (key, depth) =>
      `${indent}${'  '.repeat(depth)}${scalar(String(key))}:${
        depth === path.length - 1 ? ` ${scalar(value)}` : ''
      }`,
  );
  if (comment) lines.unshift(`${indent}# ${comment}`);
  const block = lines.join(newline);
  const added = ends ? `${block}${newline}` : `${newline}${block}`;
  return { start: at, end: at, text: added };
}

function flow(path: YamlEdit['path'], value: string): string {
  const [key, ...rest] = path;
  const inner = rest.length > 0 ? `{ ${flow(rest, value)} }` : scalar(value);
  return `${scalar(String(key))}: ${inner}`;
}

function scalar(value: string): string {
  return stringify(value, {
    lineWidth: 0,
    // A block has lines of its own, and in a flow some characters end a word.
    defaultStringType: /[\n,[\]{}]/.test(value) ? 'QUOTE_DOUBLE' : 'PLAIN',
  }).trimEnd();
}

function pairOf(map: YAMLMap, key: string | number): Pair | undefined {
  return map.items.find(
    pair => isScalar(pair.key) && String(pair.key.value) === String(key),
  );
}

function isBlank(node: unknown): boolean {
  if (node === null || node === undefined) return true;
  if (!isScalar(node)) return false;
  return node.value === null || String(node.value).trim() === '';
}

function rangeOf(node: unknown): readonly [number, number, number] {
  return (node as Node | null)?.range ?? [0, 0, 0];
}

function colonOf(text: string, { key }: Pair): number {
  return text.indexOf(':', rangeOf(key)[1]);
}

function columnOf(text: string, at: number): number {
  return at - (text.lastIndexOf('\n', at - 1) + 1);
}

/** Behind the last character of what an entry says, comments left out. */
function endOf(pair: Pair): number {
  const { value } = pair;
  if (isCollection(value) && !value.flow && value.items.length > 0) {
    const last = value.items[value.items.length - 1];
    return isMap(value) ? endOf(last as Pair) : endOfNode(last as Node);
  }
  const key = rangeOf(pair.key)[1] + 1;
  return value ? Math.max(key, endOfNode(value as Node)) : key;
}

function endOfNode(node: Node): number {
  if (isCollection(node) && !node.flow && node.items.length > 0) {
    const last = node.items[node.items.length - 1];
    return isMap(node) ? endOf(last as Pair) : endOfNode(last as Node);
  }
  const [, end] = rangeOf(node);
  // A block of text ends with its line.
  const isBlock = isScalar(node) && /^BLOCK_/.test(node.type ?? '');
  return isBlock ? end - 1 : end;
}

function saysTheSame(
  before: readonly Document.Parsed[],
  after: readonly Document.Parsed[],
  { document, path, value }: YamlEdit,
): boolean {
  if (after.length !== Math.max(before.length, 1)) return false;
  const plain = (one: Document.Parsed | undefined) =>
    one?.toJS({ maxAliasCount: 100 }) ?? null;
  return after.every((one, index) => {
    const expected = plain(before[index]);
    return isDeepStrictEqual(
      plain(one),
      index === document ? withValue(expected, path, value) : expected,
    );
  });
}

function withValue(
  node: unknown,
  [step, ...rest]: YamlEdit['path'],
  value: string,
): unknown {
  if (step === undefined) return value;
  if (Array.isArray(node)) {
    return node.map((item, index) =>
      index === step ? withValue(item, rest, value) : item,
    );
  }
  const map = (node ?? {}) as Record<string, unknown>;
  return { ...map, [step]: withValue(map[step], rest, value) };
}
