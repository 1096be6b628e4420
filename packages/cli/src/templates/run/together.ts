import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { LineCounter, parseDocument } from 'yaml';
import { lifecycleOf, listGoldenPaths, readGoldenPath } from '../goldenPath';
import { BadFileError, lineAt, Problem } from '../problem';

/** What `./waymark templates test` calls the golden paths as a set. */
export const TOGETHER = 'golden-paths';

const FILE = 'all.yaml';
const MOST_ACTIVE = 8;
const TARGET = /^\s*- +\.\/([\w-]+)\/template\.yaml\s*$/gm;

/**
 * That the list names every golden path and nothing else, and that there are no
 * more than people can choose from and others keep.
 */
export function checkTogether(templates: string): Problem[] {
  const names = listGoldenPaths(templates);
  const file = `templates/${FILE}`;
  const say = (line: number, message: string): Problem => ({
    check: TOGETHER,
    file,
    line,
    message,
  });
  if (!existsSync(join(templates, FILE))) return [say(1, 'is missing')];
  const text = readFileSync(join(templates, FILE), 'utf8');
  const lineCounter = new LineCounter();
  const [error] = parseDocument(text, { lineCounter }).errors;
  if (error) {
    return [say(lineCounter.linePos(error.pos[0]).line, error.message)];
  }
  const targets = [...text.matchAll(TARGET)].map(
    ({ 1: name, 0: all, index }) => ({
      name,
      line: lineAt(text, index + all.indexOf('-')),
    }),
  );
  const end = targets.at(-1)?.line ?? 1;
  const active = names.filter(name => isActive(templates, name));
  return [
    ...targets
      .filter(({ name }) => !names.includes(name))
      .map(({ name, line }) => say(line, `there is no templates/${name}`)),
    ...targets
      .filter(
        ({ name }, index) => targets.findIndex(t => t.name === name) < index,
      )
      .map(({ name, line }) => say(line, `${name} is named twice`)),
    ...names
      .filter(name => !targets.some(target => target.name === name))
      .map(name =>
        say(end, `does not name ${name}: add ./${name}/template.yaml`),
      ),
    ...(active.length > MOST_ACTIVE
      ? [
          say(
            end,
            `${
              active.length
            } golden paths are active, and there is room for ${MOST_ACTIVE}: ${active.join(
              ', ',
            )}. End one before another begins: set its waymark.dev/lifecycle to deprecated (docs/golden-paths/writing-one.md, End it)`,
          ),
        ]
      : []),
  ];
}

function isActive(templates: string, name: string): boolean {
  try {
    return lifecycleOf(readGoldenPath(templates, name)) === 'active';
  } catch (error) {
    if (error instanceof BadFileError) return true;
    throw error;
  }
}
