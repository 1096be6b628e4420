import { SampleComponent } from '../schema';

/** What differs between languages in a repository's common files. */
export interface Toolchain {
  /** Files every repository in this language has, besides its source. */
  files(component: SampleComponent): Record<string, string>;
  dockerfile(component: SampleComponent): string;
  ignore: string[];
  /** Setup action of the pipeline, and what it is given. */
  setup?: { action: string; with: Record<string, string> };
  install: string;
  test: string;
  run(component: SampleComponent): string;
}

/** Entries in the order of their keys. */
export const sortedEntries = (record: Record<string, string>) =>
  Object.entries(record).sort(([a], [b]) => a.localeCompare(b));
