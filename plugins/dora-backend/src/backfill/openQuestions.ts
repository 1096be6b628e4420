import { Facts } from '@waymark/backstage-plugin-dora-common';
import { ObservationOf, Question } from '@waymark/backstage-plugin-dora-node';
import { Kept } from '../ingest/ObservationStore';

type Push = ObservationOf<'push'>;

/**
 * What facts of a repository lack that only its Git host knows: where a history
 * went on after it was rewritten, where what was deployed left the default branch,
 * and the commits of pull requests whose own no push told.
 */
export function openQuestions(
  repository: string,
  kept: readonly Kept[],
  facts: Facts,
): Question[] {
  const pushes: Push[] = [];
  const answered = new Set<string>();
  let latest: Push | undefined;
  for (const { observation: one } of kept) {
    if (one.kind === 'ancestry') answered.add(one.sha);
    if (one.kind !== 'push' || one.repository !== repository) continue;
    pushes.push(one);
    if (!latest || one.at > latest.at) latest = one;
  }
  if (!latest) return [];
  const { defaultBranch } = latest;
  const onDefault = new Set<string>();
  const others = new Map<string, string>();
  for (const { ref, before, after, forced, commits } of pushes) {
    if (ref !== `refs/heads/${defaultBranch}` || !after) continue;
    for (const { sha } of commits) onDefault.add(sha);
    onDefault.add(after);
    if (forced && before) others.set(commits[0]?.sha ?? after, before);
  }
  for (const { sha } of facts.deployments) {
    if (sha && !onDefault.has(sha)) others.set(sha, defaultBranch);
  }
  const numbers = facts.changes.flatMap(({ number, firstCommitAt }) =>
    number && !firstCommitAt ? number : [],
  );
  return [
    ...[...others]
      .filter(([sha]) => !answered.has(sha))
      .map(([sha, other]) => ({
        kind: 'ancestry' as const,
        repository,
        sha,
        other,
      })),
    ...[...new Set(numbers)].map(number => ({
      kind: 'pull-request-commits' as const,
      repository,
      number,
    })),
  ];
}
