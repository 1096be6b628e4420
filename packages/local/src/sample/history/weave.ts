import { SampleRepository } from '../types';
import { PlannedPull, ServiceHistory } from './types';

/** Where each pull request leaves a line. */
export const CHANGELOG = 'CHANGELOG.md';
const LINES = 40;

/** One commit of a repository, with where it stands among the others. */
export interface WovenCommit {
  message: string;
  author: { name: string; email: string };
  at: number;
  files: Record<string, string>;
  /** Indexes of the commits before it, the default branch's first. */
  parents: number[];
  /** The pull request that it merges. */
  pull?: PlannedPull;
  /** Whether it is a commit of a branch, and comes with the merge. */
  onBranch: boolean;
}

/** A repository's commits with what its pull requests brought in, by time. */
export function weave(
  repository: SampleRepository,
  { pulls }: ServiceHistory,
): WovenCommit[] {
  const own = repository.commits.map(commit => ({
    at: Date.parse(commit.date),
    commit,
  }));
  const steps = [
    ...own,
    ...pulls.map(pull => ({ at: pull.mergedAt, pull })),
  ].sort((a, b) => a.at - b.at);
  const woven: WovenCommit[] = [];
  const lines: string[] = [];
  let head: number | undefined;
  const add = (commit: Omit<WovenCommit, 'parents'>, parents: number[]) =>
    woven.push({ ...commit, parents }) - 1;
  for (const step of steps) {
    const onHead: number[] = head === undefined ? [] : [head];
    if ('commit' in step) {
      const { message, author, files } = step.commit;
      head = add(
        { message, author, files, at: step.at, onBranch: false },
        onHead,
      );
      continue;
    }
    const { pull, at } = step;
    const { author, title, number } = pull;
    lines.unshift(`- ${title} (#${number})`);
    const files = { [CHANGELOG]: changelog(lines) };
    if (pull.style === 'squash') {
      const message = `${title} (#${number})`;
      head = add({ message, author, at, files, pull, onBranch: false }, onHead);
      continue;
    }
    let tip: number[] = onHead;
    for (const [index, commit] of pull.commits.entries()) {
      const isLast = index === pull.commits.length - 1;
      const changed = isLast
        ? files
        : {
            [CHANGELOG]: changelog([`- ${commit.message}`, ...lines.slice(1)]),
          };
      tip = [add({ ...commit, author, files: changed, onBranch: true }, tip)];
    }
    const message = `Merge pull request #${number} from ${branchOf(
      pull,
    )}\n\n${title}`;
    const merge = { message, author, at, files, pull, onBranch: false };
    head = add(merge, [...onHead, ...tip]);
  }
  return woven;
}

/** The repositories, with what their components' pull requests brought in. */
export function withHistory(
  repositories: readonly SampleRepository[],
  histories: readonly ServiceHistory[],
): SampleRepository[] {
  const byName = new Map(histories.map(one => [one.name, one]));
  return repositories.map(repository => {
    const history = byName.get(repository.name);
    if (!history) return repository;
    const commits = weave(repository, history).map(
      ({ message, author: { name, email }, at, files, parents }) => ({
        message,
        author: { name, email },
        date: new Date(at).toISOString(),
        files,
        parents,
      }),
    );
    return { ...repository, commits };
  });
}

/** The branch that a pull request came from. */
export function branchOf({ number, author }: PlannedPull): string {
  return author.bot ? `renovate/${number}` : `${author.login}/${number}`;
}

function changelog(lines: readonly string[]): string {
  return `# Changes\n\n${lines.slice(0, LINES).join('\n')}\n`;
}
