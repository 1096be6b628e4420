import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Puts a program in mkdocs' place that says how to get the real one: its words
 * appear on the docs page, where the person who misses the docs is.
 */
export function explainMissingDocs(folder: string, advice: string) {
  mkdirSync(folder, { recursive: true });
  const program = join(folder, 'mkdocs');
  writeFileSync(
    program,
    `#!/bin/sh\ncat >&2 <<'ADVICE'\n${advice}\nADVICE\nexit 1\n`,
  );
  chmodSync(program, 0o755);
}
