import { lstatSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { parseAllDocuments } from 'yaml';

/** A file of a golden path. */
export interface SourceFile {
  /** As seen from the golden path's folder. */
  file: string;
  text: string;
}

/** Where something in a file is: a path of keys, or a character. */
export type SourcePlace =
  | { path: readonly (string | number)[] }
  | { offset: number };

/** Tells that a file cannot be used as it stands, and throws. */
export type Refuse = (
  file: SourceFile,
  place: SourcePlace,
  message: string,
) => never;

/** What the catalog puts in the place of `$yaml: <file>` and its like. */
const READERS: Record<string, (part: SourceFile, refuse: Refuse) => unknown> = {
  $json: ({ text }) => JSON.parse(text),
  $text: ({ text }) => text,
  $yaml: readYaml,
};

/** A YAML file with the files that it brings in. */
export interface Whole {
  value: unknown;
  /** The file itself first; named as seen from the golden path's folder. */
  files: SourceFile[];
}

/**
 * Reads a YAML file as the catalog does: `{$yaml: <file>}` becomes what that file
 * holds. The catalog does not look into what it has brought in, and it leaves a
 * placeholder alone that has other keys beside it.
 *
 * @param folder - of the golden path
 * @param file - below it
 * @param refuse - called at a placeholder that the catalog would leave standing
 * or could not read
 * @param root - nothing is read outside of it
 */
export function readWhole(
  folder: string,
  file: string,
  refuse: Refuse,
  root = dirname(folder),
): Whole {
  const read = (path: string): SourceFile => ({
    file: relative(folder, path),
    text: readFileSync(path, 'utf8'),
  });
  const own = read(join(folder, file));
  const parts: SourceFile[] = [];

  const fill = (
    value: unknown,
    path: readonly (string | number)[],
  ): unknown => {
    if (Array.isArray(value)) {
      return value.map((item, index) => fill(item, [...path, index]));
    }
    if (!isObject(value)) return value;
    const keys = Object.keys(value);
    const placeholder = keys.find(key => key in READERS);
    if (!placeholder) {
      return Object.fromEntries(
        keys.map(key => [key, fill(value[key], [...path, key])]),
      );
    }
    const fail = (message: string) =>
      refuse(own, { path: [...path, placeholder] }, message);
    if (keys.length > 1) {
      return fail(`${placeholder} is resolved only where it stands alone`);
    }
    const source = resolve(folder, dirname(file), String(value[placeholder]));
    const isInside = source.startsWith(`${resolve(root)}${sep}`);
    if (!isInside || !lstatSync(source, { throwIfNoEntry: false })?.isFile()) {
      return fail(`${placeholder}: there is no ${value[placeholder]}`);
    }
    const part = read(source);
    const content = READERS[placeholder](part, refuse);
    refuseNested(part, content, [], refuse);
    parts.push(part);
    return content;
  };

  const value = fill(readYaml(own, refuse), []);
  return { value, files: [own, ...parts] };
}

/** Refuses the first placeholder in what was brought in. */
function refuseNested(
  part: SourceFile,
  value: unknown,
  path: readonly (string | number)[],
  refuse: Refuse,
): void {
  if (typeof value !== 'object' || value === null) return;
  for (const [key, item] of Object.entries(value)) {
    const at = [...path, key];
    if (key in READERS) {
      refuse(
        part,
        { path: at },
        `${key} is not resolved in a file that was brought in itself`,
      );
    }
    refuseNested(part, item, at, refuse);
  }
}

function readYaml(file: SourceFile, refuse: Refuse): unknown {
  const documents = parseAllDocuments(file.text, { merge: false });
  const [error] = documents.flatMap(({ errors }) => errors);
  if (error) {
    refuse(file, { offset: error.pos[0] }, error.message.split('\n')[0]);
  }
  if (documents.length !== 1) {
    refuse(file, { offset: 0 }, 'holds more or less than one document');
  }
  return documents[0].toJSON();
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
