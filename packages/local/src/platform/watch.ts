import { FSWatcher, statSync, watch } from 'node:fs';
import { join } from 'node:path';
import { PLATFORM_SOURCES } from './files';

/** Editors write a file in several steps. */
const SETTLED_MS = 300;

/**
 * Calls back after changes in the folders that the platform's repository holds,
 * once they have settled, and never twice at a time.
 */
export function watchPlatform(
  root: string,
  onChange: () => Promise<void>,
): { close(): void } {
  let timer: NodeJS.Timeout | undefined;
  let running = Promise.resolve();
  const changed = () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      running = running.then(onChange).catch(error => {
        process.stderr.write(`Golden paths were not brought over: ${error}\n`);
      });
    }, SETTLED_MS);
  };
  const watchers: FSWatcher[] = PLATFORM_SOURCES.map(name => join(root, name))
    .filter(path => statSync(path, { throwIfNoEntry: false })?.isDirectory())
    .map(path => watch(path, { recursive: true }, changed));
  return {
    close() {
      clearTimeout(timer);
      for (const watcher of watchers) watcher.close();
    },
  };
}
