import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { parse } from 'yaml';

/**
 * Puts the value of a YAML file wherever `$yaml: <file>` names one, as the
 * catalog does when it reads the template.
 *
 * @param file - the file that the value was read from
 */
export function resolveParts(value: unknown, file: string): unknown {
  if (Array.isArray(value)) return value.map(item => resolveParts(item, file));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value);
  if (entries.length === 1 && entries[0][0] === '$yaml') {
    const part = resolve(dirname(file), String(entries[0][1]));
    return resolveParts(parse(readFileSync(part, 'utf8')), part);
  }
  return Object.fromEntries(
    entries.map(([key, item]) => [key, resolveParts(item, file)]),
  );
}
