import { parse as parseToml } from 'smol-toml';
import { parseAllDocuments } from 'yaml';

/** A document may be no larger than this once its aliases are written out. */
const MOST_VALUES = 50_000;
const MOST_CHARACTERS = 1_000_000;
const MOST_LEVELS = 64;

/** Files that are read as documents; Helm's templates are no YAML yet. */
export function hasDocuments(path: string): boolean {
  if (/(^|\/)templates\//.test(path)) return false;
  return /\.(ya?ml|json|toml)$/.test(path) || /(^|\/)\.renovaterc$/.test(path);
}

/**
 * What a file says.
 *
 * @throws Error in a few words where it does not say it in its format, or more
 *   than a rule can look at
 */
export function parseDocuments(path: string, text: string): unknown[] {
  const documents = parse(path, text);
  const budget = { values: MOST_VALUES, characters: MOST_CHARACTERS };
  for (const document of documents) spend(document, 0, budget);
  return documents;
}

function parse(path: string, text: string): unknown[] {
  try {
    if (path.endsWith('.toml')) return [parseToml(text)];
    if (path.endsWith('.json')) return [JSON.parse(text)];
    return parseYaml(text);
  } catch (error) {
    if (error instanceof RangeError) throw new Error('has too many levels');
    const [first] = (error as Error).message.split('\n');
    throw new Error(`cannot be read: ${first.slice(0, 200)}`);
  }
}

function parseYaml(text: string): unknown[] {
  return parseAllDocuments(text, { merge: true, logLevel: 'error' }).map(
    document => {
      const [error] = document.errors;
      if (error) throw error;
      return document.toJS({ maxAliasCount: 100 }) ?? null;
    },
  );
}

/** Counts values as often as they stand there: an alias is one value in memory. */
function spend(
  value: unknown,
  level: number,
  budget: { values: number; characters: number },
): void {
  if (level > MOST_LEVELS) throw new Error('has too many levels');
  budget.values -= 1;
  if (typeof value === 'string') budget.characters -= value.length;
  if (budget.values < 0 || budget.characters < 0) {
    throw new Error('says too much once its aliases are written out');
  }
  if (typeof value !== 'object' || value === null) return;
  for (const [key, item] of Object.entries(value)) {
    budget.characters -= key.length;
    spend(item, level + 1, budget);
  }
}
