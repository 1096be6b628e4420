/**
 * Lines in the log of a task by which a run is known: the scaffolder keeps logs,
 * but not what its steps put out. Written and read only here.
 */
const ORIGIN = /\bRead at commit ([0-9a-f]{40})\b/;
const REPOSITORY = /\bThe repository is (https?:\/\/[^\s"'<>]+)/;

/** Said by the step that looks up the golden path. */
export function sayCommit(commit: string): string {
  return `Read at commit ${commit}`;
}

/** The commit of {@link sayCommit}, if it is one. */
export function readCommit(line: string): string | undefined {
  const commit = ORIGIN.exec(line)?.[1];
  return commit && /[^0]/.test(commit) ? commit : undefined;
}

/** Said by the step that makes the repository. */
export function sayRepository(url: string): string {
  return `The repository is ${url}`;
}

/** The address of {@link sayRepository}. */
export function readRepository(line: string): string | undefined {
  return REPOSITORY.exec(line)?.[1];
}
