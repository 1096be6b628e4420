import { readdir, rm } from 'node:fs/promises';
import { Config } from '@backstage/config';
import { ConflictError, InputError } from '@backstage/errors';
import { resolveSafeChildPath } from '@backstage/backend-plugin-api';
import {
  createGithubBranchProtectionAction,
  createGithubRepoPushAction,
} from '@backstage/plugin-scaffolder-backend-module-github';
import { getRepoSourceDirectory } from '@backstage/plugin-scaffolder-node';
import {
  GithubAccess,
  openRepository,
  Repository,
  unlessMissing,
} from '../github/repository';

/** The commit's last line, by which a retry knows its own push. */
const trailer = (taskId: string) => `Waymark-Task: ${taskId}`;

/**
 * `github:repo:push` that can be run again: what an interrupted run of the
 * same task pushed stays as it is, so that the history begins with one commit;
 * only the protection of the branch is set once more.
 */
export function createRepositoryPushAction(
  access: GithubAccess & { config: Config },
) {
  const stock = createGithubRepoPushAction(access);
  const protection = createGithubBranchProtectionAction(access);

  return {
    ...stock,
    id: 'waymark:github:repo:push',
    description:
      'Pushes the workspace as the first commit of a GitHub repository, once, also when the task is interrupted and runs again.',
    examples: undefined,
    async handler(ctx: Parameters<typeof stock.handler>[0]) {
      const { input } = ctx;
      const { defaultBranch = 'main', gitCommitMessage = 'Initial commit' } =
        input;
      const mark = trailer(ctx.task.id);
      const repository = await openRepository(access, ctx.logger, input);
      const find = () => findPush(repository, defaultBranch, mark);

      let commitHash = await find();
      if (!commitHash) {
        await prepare(
          getRepoSourceDirectory(ctx.workspacePath, input.sourcePath),
        );
        try {
          await stock.handler({
            ...ctx,
            input: {
              ...input,
              gitCommitMessage: gitCommitMessage.includes(mark)
                ? gitCommitMessage
                : `${gitCommitMessage}\n\n${mark}`,
            },
          });
          return;
        } catch (error) {
          // The answer may be lost, not the request.
          commitHash = await find();
          if (!commitHash) throw error;
        }
      }
      ctx.logger.info(
        `Commit ${commitHash} was pushed before the task was interrupted`,
      );
      if (input.protectDefaultBranch ?? true) {
        const { protectEnforceAdmins: enforceAdmins, ...rules } = input;
        await protection.handler({
          ...ctx,
          input: { ...rules, branch: defaultBranch, enforceAdmins },
        });
      }
      const { owner, repo, client } = repository;
      const { data } = await client.rest.repos.get({ owner, repo });
      ctx.output('remoteUrl', data.clone_url);
      ctx.output('repoContentsUrl', `${data.html_url}/blob/${defaultBranch}`);
      ctx.output('commitHash', commitHash);
    },
  };
}

/**
 * @returns the commit this task pushed, or nothing where the branch is missing
 * @throws ConflictError where somebody else's commit is there
 */
async function findPush(
  { client, owner, repo }: Repository,
  branch: string,
  mark: string,
): Promise<string | undefined> {
  const commits = await unlessMissing(
    client.rest.repos.listCommits({
      owner,
      repo,
      sha: branch,
      per_page: 100,
      // An empty repository answers 409, at the first time as at the fourth.
      request: { retries: 0 },
    }),
  );
  if (!commits?.length) return undefined;
  const ours = commits.find(({ commit }) =>
    commit.message.split('\n').includes(mark),
  );
  if (!ours) {
    throw new ConflictError(
      `${owner}/${repo} has commits on ${branch} that this task did not make.`,
    );
  }
  return ours.sha;
}

/** An interrupted push leaves its local repository behind. */
async function prepare(folder: string) {
  await rm(resolveSafeChildPath(folder, '.git'), {
    recursive: true,
    force: true,
  });
  if ((await readdir(folder)).length === 0) {
    throw new InputError(
      'There are no files to push: the workspace of this task is gone. Start a new task.',
    );
  }
}
