import { FileLikeness, Likeness } from './likeness';

/** From here on a file is said to be like the golden path's. */
const LIKE = 0.5;
const MOST_FILES = 100;
const MOST_NAMES = 3;

/** How a repository has a file that a golden path makes. */
export interface FileEvidence {
  path: string;
  /** Where it is, if in another place. */
  at?: string;
  state: 'same' | 'like' | 'other' | 'missing';
  /** 0..1, by lines. */
  likeness: number;
}

/** The files that are not as a golden path makes them, the least like first. */
export function fileEvidence({ files }: Likeness): FileEvidence[] {
  return files
    .filter(({ same }) => !same)
    .sort((one, other) => one.likeness - other.likeness)
    .slice(0, MOST_FILES)
    .map(file => ({
      path: file.path,
      ...(file.at && { at: file.at }),
      state: stateOf(file),
      likeness: Math.round(file.likeness * 100) / 100,
    }));
}

/** The same in words, a sentence each. */
export function evidenceWords(likeness: Likeness): string[] {
  const { files } = likeness;
  const of = (state: FileEvidence['state']) =>
    files.filter(file => stateOf(file) === state);
  const moved = files.filter(({ at }) => at);
  const say = (some: FileLikeness[], one: string, many: string) =>
    some.length === 0
      ? []
      : [`${some.length} ${some.length === 1 ? one : many}: ${named(some)}.`];
  return [
    `${of('same').length} of the ${
      files.length
    } files that it makes are there as it makes them.`,
    ...say(of('like'), 'is like it, edited since', 'are like it, edited since'),
    ...say(
      of('other'),
      'has its name and little of its text',
      'have its name and little of its text',
    ),
    ...say(of('missing'), 'is not there', 'are not there'),
    ...say(moved, 'is in another place', 'are in another place'),
  ];
}

function named(files: readonly FileLikeness[]): string {
  const heavy = [...files].sort((one, other) => other.weight - one.weight);
  const names = heavy.slice(0, MOST_NAMES).map(({ path }) => path);
  const more = files.length - names.length;
  return `${names.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

function stateOf({ likeness, same }: FileLikeness): FileEvidence['state'] {
  if (same) return 'same';
  if (likeness >= LIKE) return 'like';
  return likeness > 0 ? 'other' : 'missing';
}
