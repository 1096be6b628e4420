import { stripVTControlCharacters } from 'node:util';

const MOST = 8;

/**
 * Why a backend did not start, by its log: the causes it names at the end, each
 * once, or else its first errors, or else its last lines.
 */
export function startupErrors(log: string): string {
  const lines = stripVTControlCharacters(log).trimEnd().split('\n');
  const causes = lines.flatMap(
    line => /startup failed; caused by (.*)$/.exec(line)?.[1] ?? [],
  );
  const errors = lines
    .filter(line => /error/i.test(line))
    .map(line => line.replace(/ (type|stack)=".*$/, ''));
  const shown = [causes, errors, lines.slice(-MOST)].find(
    list => list.length > 0,
  );
  // One bad value makes several plugins fail, each with the same last words.
  const rootCause = (line: string) =>
    line.replace(/^.*because the factory function threw an error, /, '');
  return [...new Set(shown?.map(rootCause))].slice(0, MOST).join('\n');
}
