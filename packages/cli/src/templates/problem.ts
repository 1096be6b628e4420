import { InputError } from '@backstage/errors';

/** Something a golden path or its output does wrong. */
export interface Problem {
  /** The check that found it, by its short name: `pinned-actions`. */
  check: string;
  message: string;
  /** Path in the repository made, or in the golden path's own folder. */
  file?: string;
  /** Counted from 1. */
  line?: number;
}

/** A file that cannot be used as it stands. */
export class BadFileError extends InputError {
  constructor(readonly problem: Problem) {
    super(formatProblem(problem));
  }
}

/** A made repository: path, with forward slashes, to text. */
export type Files = ReadonlyMap<string, string>;

/** Answers to the form, by parameter. */
export type Inputs = Readonly<Record<string, unknown>>;

/** The line, counted from 1, that a character of a text is in. */
export function lineAt(text: string, index: number): number {
  return text.slice(0, index).split('\n').length;
}

/** `file:line: message (check)`, as editors and terminals make links of. */
export function formatProblem({ check, file, line, message }: Problem): string {
  const place = [file, line].filter(part => part !== undefined).join(':');
  return `${place ? `${place}: ` : ''}${message} (${check})`;
}
