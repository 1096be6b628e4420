import type { Run } from './Context';
import type { Definition } from './definition';

/** A command of `waymark`, loaded when it is run. */
export interface Command {
  definition: Definition;
  /** Left out for a group whose commands are run each by itself. */
  load?: () => Promise<Run>;
  /** By name, those of a group. */
  commands?: Readonly<Record<string, () => Promise<Run>>>;
  /** It tells its own help and reads which of its commands is meant. */
  tellsHelp?: boolean;
}

/**
 * Loads a module when one of its functions is run. Without a bundler, Node.js has
 * what the module exports below `default`.
 */
export function lazily<M extends object, K extends keyof M>(
  load: () => Promise<M>,
  name: K,
): () => Promise<M[K]> {
  return async () => {
    const loaded = await load();
    return (name in loaded ? loaded : (loaded as { default: M }).default)[name];
  };
}
