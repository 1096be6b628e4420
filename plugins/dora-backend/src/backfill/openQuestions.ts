import { Facts } from '@waymark/backstage-plugin-dora-common';
import { Question } from '@waymark/backstage-plugin-dora-node';
import { ofKind } from '../facts/fold/order';
import { Kept } from '../ingest/ObservationStore';

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
  const pushes = ofKind(kept, 'push').filter(
    one => one.repository === repository,
  );
  const defaultBranch = pushes.at(-1)?.defaultBranch;
  if (!defaultBranch) return [];
  const answered = new Set(ofKind(kept, 'ancestry').map(({ sha }) => sha));
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
