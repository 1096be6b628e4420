import { isMap, isSeq, LineCounter, Node, parseAllDocuments } from 'yaml';

/** A YAML file that a person may have to change. */
export interface YamlFile {
  /** As a report names it. */
  file: string;
  text: string;
}

/** Steps into a document: keys and indexes. */
export type Path = readonly (string | number)[];

/** A line of a file. */
export interface Place {
  file: string;
  line: number;
}

interface Entry extends Place {
  document: number;
  path: string[];
}

/**
 * The line of a path in the first of several files that has it, or of as much of
 * it as there is; failing all, the first line of the file or the document.
 *
 * @param document - the only one to look into, counted from 0
 */
export function placeOf(
  files: readonly YamlFile[],
  path: Path,
  document?: number,
): Place {
  const wanted = path.map(String);
  const entries = files
    .flatMap(entriesOf)
    .filter(entry => document === undefined || entry.document === document);
  for (let length = wanted.length; length > 0; length -= 1) {
    const found = entries.find(
      entry =>
        entry.path.length === length &&
        entry.path.every((step, index) => step === wanted[index]),
    );
    if (found) return { file: found.file, line: found.line };
  }
  const first = document === undefined ? undefined : entries[0]?.line;
  return { file: files[0].file, line: first ?? 1 };
}

/**
 * The line of the value that most likely made a field of a manifest: the one
 * whose path ends as the field's does, for as many steps as possible.
 */
export function placeOfField(files: readonly YamlFile[], field: Path): Place {
  const names = field.filter(step => typeof step === 'string');
  let best: Place = { file: files[0].file, line: 1 };
  let most = 0;
  for (const { file, line, path } of files.flatMap(entriesOf)) {
    let same = 0;
    while (
      same < path.length &&
      same < names.length &&
      path[path.length - 1 - same] === names[names.length - 1 - same]
    ) {
      same += 1;
    }
    if (same > most) {
      most = same;
      best = { file, line };
    }
  }
  return best;
}

/**
 * The line of a chart's template that writes a field. What is missing should
 * stand below what is there.
 */
export function placeInTemplate({ file, text }: YamlFile, field: Path): Place {
  const lines = text.split('\n');
  const found = field
    .filter(step => typeof step === 'string')
    .map(key =>
      lines.findIndex(line => line.match(/^[\s-]*([^\s:]+):/)?.[1] === key),
    )
    .filter(index => index >= 0)
    .pop();
  return { file, line: (found ?? 0) + 1 };
}

/** What one file says is asked for again and again. */
const known = new WeakMap<YamlFile, Entry[]>();

/** Every key and item with its line, outermost first; none where it is no YAML. */
function entriesOf(yaml: YamlFile): Entry[] {
  const before = known.get(yaml);
  if (before) return before;
  const entries = readEntries(yaml);
  known.set(yaml, entries);
  return entries;
}

function readEntries({ file, text }: YamlFile): Entry[] {
  const lineCounter = new LineCounter();
  const entries: Entry[] = [];
  const visit = (node: unknown, document: number, path: string[]) => {
    const add = (step: unknown, value: Node | null) => {
      const { line } = lineCounter.linePos(value?.range?.[0] ?? 0);
      const own = [...path, String(step)];
      entries.push({ file, line: Math.max(line, 1), document, path: own });
      return own;
    };
    if (isMap(node)) {
      for (const { key, value } of node.items) {
        visit(value, document, add(key, key as Node));
      }
    } else if (isSeq(node)) {
      node.items.forEach((item, index) => {
        visit(item, document, add(index, item as Node));
      });
    }
  };
  try {
    parseAllDocuments(text, { lineCounter, logLevel: 'silent' }).forEach(
      ({ contents }, index) => visit(contents, index, []),
    );
  } catch {
    return entries;
  }
  return entries;
}
