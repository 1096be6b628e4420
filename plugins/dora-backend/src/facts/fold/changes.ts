import { MergedChange } from '@waymark/backstage-plugin-dora-common';
import { ObservationOf } from '@waymark/backstage-plugin-dora-node';
import { Kept } from '../../ingest/ObservationStore';
import { Lines, Move } from './Lines';
import { LeftOutReason, Listener, RuledComponent } from './Listener';
import { factId, fitting, grouped, ofKind } from './order';

type Pull = ObservationOf<'pull-request'>;
type Commit = Move['commits'][number];

/** What the default branch has of a pull request, or of nobody's. */
interface Segment {
  /** Without one, the last commit was pushed directly. */
  pull?: Pull;
  commits: Commit[];
  move: Move;
}

/**
 * What was merged into the default branch, and into others that the rules name: pull
 * requests, and commits of the default branch that belong to none; each for the
 * components whose path it touches.
 */
export function foldChanges(
  kept: readonly Kept[],
  components: readonly RuledComponent[],
  lines: Lines,
  listener: Listener = {},
): MergedChange[] {
  const alike = grouped(components, ({ rules: { branches, exceptLabels } }) =>
    JSON.stringify([branches, exceptLabels]),
  );
  return [...alike.values()].flatMap(members =>
    foldAlike(kept, members, lines, listener),
  );
}

/** Of components with the same rules. */
function foldAlike(
  kept: readonly Kept[],
  components: readonly RuledComponent[],
  lines: Lines,
  listener: Listener,
): MergedChange[] {
  const [{ rules }] = components;
  const pushes = ofKind(kept, 'push');
  const defaultBranch = pushes.at(-1)?.defaultBranch;
  const pulls = [
    ...grouped(ofKind(kept, 'pull-request'), one =>
      String(one.number),
    ).values(),
  ].map(latestOf);
  const leaveOut = (pull: Pull, why: LeftOutReason) =>
    components.forEach(({ entityRef }) =>
      listener.leftOut?.({
        id: `pull ${pull.number}`,
        entityRef,
        kind: 'change',
        at: pull.mergedAt ?? pull.at,
        title: `#${pull.number} ${pull.title}`,
        url: pull.url,
        why,
      }),
    );
  const merged = pulls.filter(pull => {
    const why = notMerged(pull, rules.branches, defaultBranch);
    if (why) leaveOut(pull, why);
    return !why;
  });
  const merges = grouped(merged, ({ baseRef }) => baseRef);
  const segments = [...new Set([defaultBranch, ...merges.keys()])].flatMap(
    branch =>
      segmentsOf(
        lines.movesOf(`refs/heads/${branch}`),
        new Map((merges.get(branch!) ?? []).map(one => [one.mergeSha!, one])),
      ).filter(({ pull }) => pull || branch === defaultBranch),
  );
  const asked = new Map(
    ofKind(kept, 'pull-request-commits').map(one => [one.number, one.commits]),
  );
  const found = new Map(
    segments.flatMap(one => (one.pull ? [[one.pull.number, one]] : [])),
  );
  const inPulls = new Set(
    merged.flatMap(({ headSha, number, baseRef }) => [
      headSha,
      ...(asked.get(number) ?? []).map(({ sha }) => sha),
      // What was merged elsewhere comes to the default branch as it is.
      ...(baseRef === defaultBranch
        ? []
        : found.get(number)?.commits.map(({ sha }) => sha) ?? []),
    ]),
  );
  return [
    ...merged.flatMap(pull => {
      const segment = found.get(pull.number);
      const label = pull.labels.find(one => fitting(rules.exceptLabels, one));
      if (label !== undefined) {
        leaveOut(pull, { code: 'label', label });
        return [];
      }
      const begun = firstCommitOf(pull, asked.get(pull.number), segment, lines);
      return creditedTo(
        components,
        segment?.commits,
        fact => pullChange(pull, begun, fact),
        listener,
      );
    }),
    ...segments.flatMap(({ pull, commits: [commit], move }) =>
      pull || inPulls.has(commit.sha)
        ? []
        : creditedTo(
            components,
            [commit],
            fact => directChange(commit, move, fact),
            listener,
          ),
    ),
  ];
}

/** Why a pull request is none of what was merged where it counts. */
function notMerged(
  { mergedAt, mergeSha, baseRef, state }: Pull,
  branches: readonly string[],
  defaultBranch: string | undefined,
): LeftOutReason | undefined {
  if (!mergedAt || !mergeSha) {
    return { code: state === 'closed' ? 'closed' : 'open' };
  }
  const counts =
    baseRef === (defaultBranch ?? baseRef) || fitting(branches, baseRef);
  return counts
    ? undefined
    : { code: 'other-branch', branch: baseRef, defaultBranch };
}

/** What is said last holds; the first merge, and what is only said once, stays. */
function latestOf(states: readonly Pull[]): Pull {
  const last = states[states.length - 1];
  const merged = states.filter(({ mergedAt }) => mergedAt);
  const reviews = states.flatMap(({ firstReviewAt }) => firstReviewAt ?? []);
  const ready = states.flatMap(({ readyAt }) => readyAt ?? []);
  return {
    ...last,
    ...(merged.length > 0 && {
      mergedAt: merged[0].mergedAt,
      mergeSha: merged.findLast(({ mergeSha }) => mergeSha)?.mergeSha,
    }),
    ...(reviews.length > 0 && { firstReviewAt: reviews.sort()[0] }),
    readyAt: ready.sort().at(-1) ?? last.createdAt,
  };
}

/** Cuts each push where a pull request ends; the rest is one commit each. */
function segmentsOf(
  moves: readonly Move[],
  pulls: ReadonlyMap<string, Pull>,
): Segment[] {
  const segments: Segment[] = [];
  const seen = new Set<string>();
  for (const move of moves) {
    let commits: Commit[] = [];
    for (const commit of move.commits) {
      if (seen.has(commit.sha)) continue;
      seen.add(commit.sha);
      commits.push(commit);
      const pull = pulls.get(commit.sha);
      if (!pull) continue;
      segments.push({ pull, commits, move });
      commits = [];
    }
    segments.push(...commits.map(one => ({ commits: [one], move })));
  }
  return segments;
}

/**
 * When the first commit of a pull request was made. A squash or a rebase has other
 * commits with other times: then only its own branch tells, or who was asked.
 */
function firstCommitOf(
  pull: Pull,
  asked: readonly { at: string }[] | undefined,
  segment: Segment | undefined,
  lines: Lines,
): string | undefined {
  const times = (commits: readonly { at: string }[]) =>
    commits.map(({ at }) => at).sort();
  if (asked?.length) return times(asked)[0];
  if (segment?.commits.some(({ sha }) => sha === pull.headSha)) {
    return times(segment.commits)[0];
  }
  const isOwn = pull.headRepository === pull.repository;
  if (!isOwn || pull.headRef === pull.baseRef) return undefined;
  const merged = lines.shasOf(`refs/heads/${pull.baseRef}`);
  const own = lines
    .movesOf(`refs/heads/${pull.headRef}`)
    .flatMap(({ commits }) => commits)
    .filter(({ sha }) => !merged.has(sha) && lines.contains(pull.headSha, sha));
  return own.some(({ sha }) => sha === pull.headSha)
    ? times(own)[0]
    : undefined;
}

type Credited = Pick<MergedChange, 'entityRef' | 'pathsKnown'>;

/** Whose path is touched has the change; everyone where the paths are not known. */
function creditedTo(
  components: readonly RuledComponent[],
  commits: readonly Commit[] | undefined,
  make: (fact: Credited) => MergedChange,
  { leftOut }: Listener,
): MergedChange[] {
  const pathsKnown = commits?.every(({ paths }) => paths) ?? false;
  const paths = commits?.flatMap(one => one.paths ?? []) ?? [];
  return components.flatMap(({ entityRef, path }) => {
    const change = make({ entityRef, pathsKnown });
    const isIts =
      !pathsKnown ||
      path === '' ||
      paths.some(one => one.startsWith(`${path}/`));
    if (isIts) return [change];
    const { id, mergedAt: at, title, url } = change;
    const why = { code: 'other-paths', path } as const;
    leftOut?.({ id, entityRef, kind: 'change', at, title, url, why });
    return [];
  });
}

function pullChange(
  pull: Pull,
  firstCommitAt: string | undefined,
  fact: Credited,
): MergedChange {
  const { repository, number, url, source, readyAt, firstReviewAt } = pull;
  return {
    id: factId(fact.entityRef, 'change', repository, number),
    ...fact,
    repository,
    number,
    url,
    title: pull.title,
    author: pull.author,
    bot: pull.authorIsBot,
    ...(firstCommitAt && { firstCommitAt }),
    ...(readyAt && { readyAt }),
    ...(firstReviewAt && { firstReviewAt }),
    mergedAt: pull.mergedAt!,
    mergeSha: pull.mergeSha!,
    origin: { source, externalId: `${repository}/pull/${number}` },
  };
}

function directChange(
  commit: Commit,
  { repository, source, before, at }: Move,
  fact: Credited,
): MergedChange {
  return {
    id: factId(fact.entityRef, 'change', repository, commit.sha),
    ...fact,
    repository,
    title: commit.title,
    author: commit.author,
    bot: commit.authorIsBot,
    firstCommitAt: commit.at,
    // A repository that is brought here had merged its history before.
    mergedAt: before === undefined ? commit.at : at,
    mergeSha: commit.sha,
    origin: { source, externalId: `${repository}/commit/${commit.sha}` },
  };
}
