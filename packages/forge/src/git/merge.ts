import { Commit, headline, Signature } from './commit';
import { writeCommit } from './objects';
import { GitRepository } from './repository';

/** Tree of a merge, or undefined when the two sides conflict. */
export async function mergeTree(
  repository: GitRepository,
  ours: string,
  theirs: string,
): Promise<string | undefined> {
  const { code, stdout } = await repository.run(
    [
      'merge-tree',
      '--write-tree',
      '--no-messages',
      '--allow-unrelated-histories',
      ours,
      theirs,
    ],
    { okCodes: [0, 1] },
  );
  return code === 0 ? stdout.toString().trim() : undefined;
}

/** A merge commit of two heads; undefined on conflict. */
export async function mergeCommit(
  repository: GitRepository,
  base: string,
  head: string,
  who: Signature,
  message: string,
): Promise<string | undefined> {
  const tree = await mergeTree(repository, base, head);
  return tree === undefined
    ? undefined
    : writeCommit(repository, {
        tree,
        parents: [base, head],
        author: who,
        committer: who,
        message,
      });
}

/** All of a head as one commit on the base; undefined on conflict. */
export async function squashCommit(
  repository: GitRepository,
  base: string,
  head: string,
  author: Signature,
  who: Signature,
  message: string,
): Promise<string | undefined> {
  const tree = await mergeTree(repository, base, head);
  return tree === undefined
    ? undefined
    : writeCommit(repository, {
        tree,
        parents: [base],
        author,
        committer: who,
        message,
      });
}

/**
 * The commits of a head, one by one, on top of the base; undefined on
 * conflict. Merge commits among them are left out, as `git rebase` does.
 */
export async function rebaseCommits(
  repository: GitRepository,
  base: string,
  commits: readonly Commit[],
  who: Signature,
): Promise<string | undefined> {
  let tip = base;
  for (const commit of commits.filter(one => one.parents.length < 2)) {
    const tree = await cherryPickTree(repository, tip, commit, who);
    if (tree === undefined) {
      return undefined;
    }
    tip = await writeCommit(repository, {
      tree,
      parents: [tip],
      author: commit.author,
      committer: who,
      message: commit.message,
    });
  }
  return tip;
}

/**
 * Tree of a commit's own change put on another tip. The tip's tree is given
 * the commit's parent as its parent, so that the parent is the merge base.
 */
async function cherryPickTree(
  repository: GitRepository,
  tip: string,
  commit: Commit,
  who: Signature,
): Promise<string | undefined> {
  const tipCommit = await repository.commit(tip);
  if (!tipCommit) {
    return undefined;
  }
  const stand = await writeCommit(repository, {
    tree: tipCommit.tree,
    parents: commit.parents,
    author: who,
    committer: who,
    message: `Stand-in for ${headline(commit.message)}`,
  });
  return mergeTree(repository, stand, commit.sha);
}
