import { Octokit } from '@octokit/rest';
import { exists, forgeClient } from './client';
import { SampleRepository } from '../sample';
import { toFastImport } from './fastImport';
import { ForgeTarget, withPushRepository } from './git';

/**
 * Creates each repository through the API and pushes its history with git, as
 * a person would. What is there already is left alone, so an interrupted run
 * goes on.
 */
export async function seedRepositories(
  repositories: SampleRepository[],
  target: ForgeTarget,
  onDone: (count: number) => void,
) {
  const octokit = forgeClient(target.url, target.token);
  const queue = repositories.entries();
  let done = 0;
  const worker = async () => {
    for (const [, repository] of queue) {
      await seedRepository(octokit, repository, target);
      done += 1;
      onDone(done);
    }
  };
  await Promise.all([worker(), worker()]);
}

async function seedRepository(
  octokit: Octokit,
  repository: SampleRepository,
  target: ForgeTarget,
) {
  const { name, description, topics, defaultBranch } = repository;
  const place = { owner: target.owner, repo: name };
  if (!(await exists(() => octokit.repos.get(place)))) {
    await octokit.repos.createInOrg({
      org: target.owner,
      name,
      description,
      visibility: 'private',
    });
  }
  await octokit.repos.replaceAllTopics({ ...place, names: topics });
  const isPushed = await exists(() =>
    octokit.repos.getBranch({ ...place, branch: defaultBranch }),
  );
  if (!isPushed) await pushHistory(repository, target);
}

async function pushHistory(repository: SampleRepository, target: ForgeTarget) {
  const { name, defaultBranch } = repository;
  await withPushRepository(name, target, async ({ remote, git, load }) => {
    await load(toFastImport(repository));
    await git('push', '--quiet', remote, defaultBranch);
  });
}
