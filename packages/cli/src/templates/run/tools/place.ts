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
  path: string[];
}

/**
 * The line of a path in the first of several files that has it, or of as much of
 * it as there is; failing all, the first line.
 */
export function placeOf(files: readonly YamlFile[], path: Path): Place {
  const wanted = path.map(String);
  const entries = files.flatMap(entriesOf);
  for (let length = wanted.length; length > 0; length -= 1) {
    const found = entries.find(
      entry =>
        entry.path.length === length &&
        entry.path.every((step, index) => step === wanted[index]),
    );
    if (found) return { file: found.file, line: found.line };
  }
  return { file: files[0].file, line: 1 };
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

/** Every key and item of a document with its line, outermost first. */
function entriesOf({ file, text }: YamlFile): Entry[] {
  const lineCounter = new LineCounter();
  const entries: Entry[] = [];
  const add = (step: unknown, at: number, path: string[]) => {
    const own = [...path, String(step)];
    entries.push({ file, line: lineCounter.linePos(at).line, path: own });
    return own;
  };
  const visit = (node: unknown, path: string[]) => {
    if (isMap(node)) {
      for (const { key, value } of node.items) {
        const at = (key as Node).range?.[0] ?? 0;
        visit(value, add(key, at, path));
      }
    } else if (isSeq(node)) {
      node.items.forEach((item, index) => {
        visit(item, add(index, (item as Node).range?.[0] ?? 0, path));
      });
    }
  };
  for (const { contents } of parseAllDocuments(text, { lineCounter })) {
    visit(contents, []);
  }
  return entries;
}
