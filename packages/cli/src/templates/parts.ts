import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import {
  Path,
  placeOf,
  YamlFile,
} from '@waymark/backstage-plugin-compliance-node';
import { LineCounter, parseAllDocuments } from 'yaml';
import { BadFileError } from './problem';

/** What the catalog puts in the place of `$yaml: <file>` and its like. */
const READERS: Record<string, (part: YamlFile) => unknown> = {
  $json: ({ text }) => JSON.parse(text),
  $text: ({ text }) => text,
  $yaml: readYaml,
};

/** A YAML file with the files that it brings in. */
export interface Whole {
  value: unknown;
  /** The file itself first; named as seen from the golden path's folder. */
  files: YamlFile[];
}

/**
 * Reads a YAML file as the catalog does: `{$yaml: <file>}` becomes what that file
 * holds. The catalog does not look into what it has brought in, and it leaves a
 * placeholder alone that has other keys beside it.
 *
 * @param folder - of the golden path
 * @param file - below it
 * @throws BadFileError at a placeholder that the catalog would leave standing
 * or could not read
 */
export function readWhole(folder: string, file: string): Whole {
  const read = (path: string): YamlFile => ({
    file: relative(folder, path),
    text: readFileSync(path, 'utf8'),
  });
  const own = read(join(folder, file));
  const parts: YamlFile[] = [];

  const fill = (value: unknown, path: Path): unknown => {
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
    const fail = (message: string): never => {
      const place = placeOf([own], [...path, placeholder]);
      throw new BadFileError({ check: 'parts', ...place, message });
    };
    if (keys.length > 1) {
      return fail(`${placeholder} is resolved only where it stands alone`);
    }
    const source = resolve(folder, dirname(file), String(value[placeholder]));
    if (!existsSync(source)) {
      return fail(`${placeholder}: there is no ${value[placeholder]}`);
    }
    const part = read(source);
    const content = READERS[placeholder](part);
    refuseNested(part, content, []);
    parts.push(part);
    return content;
  };

  const value = fill(readYaml(own), []);
  return { value, files: [own, ...parts] };
}

/** @throws BadFileError at the first placeholder in what was brought in */
function refuseNested(part: YamlFile, value: unknown, path: Path): void {
  if (typeof value !== 'object' || value === null) return;
  for (const [key, item] of Object.entries(value)) {
    if (key in READERS) {
      throw new BadFileError({
        check: 'parts',
        ...placeOf([part], [...path, key]),
        message: `${key} is not resolved in a file that was brought in itself`,
      });
    }
    refuseNested(part, item, [...path, key]);
  }
}

function readYaml({ file, text }: YamlFile): unknown {
  const lineCounter = new LineCounter();
  const documents = parseAllDocuments(text, { lineCounter, merge: false });
  const [error] = documents.flatMap(({ errors }) => errors);
  const fail = (at: number, message: string) => {
    const { line } = lineCounter.linePos(at);
    throw new BadFileError({ check: 'yaml', file, line, message });
  };
  if (error) fail(error.pos[0], error.message.split('\n')[0]);
  if (documents.length !== 1) fail(0, 'holds more or less than one document');
  return documents[0].toJSON();
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
