import { Contains } from '../deployedChanges';

/**
 * A history from lines of commits: the first commit of a line is its parent's or
 * the root, `m+x` a merge that also has `x` as its parent.
 */
export function git(...lines: string[]): Contains {
  const parents = new Map<string, string[]>();
  for (const line of lines) {
    let before: string | undefined;
    for (const word of line.split(' ')) {
      const [commit, ...others] = word.split('+');
      parents.set(commit, [
        ...(parents.get(commit) ?? []),
        ...(before ? [before] : []),
        ...others,
      ]);
      before = commit;
    }
  }
  const contains = (deployed: string, merged: string): boolean =>
    deployed === merged ||
    (parents.get(deployed) ?? []).some(parent => contains(parent, merged));
  return (_repository, deployed, merged) => contains(deployed, merged);
}
