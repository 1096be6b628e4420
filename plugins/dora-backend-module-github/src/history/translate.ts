import {
  Delivery,
  read,
  sourceInstant,
  Translation,
} from '@waymark/backstage-plugin-dora-node';
import { z } from 'zod';
import { repositoryOf, repositorySchema } from '../payloads';

const ancestryBody = z.object({
  sha: z.string(),
  ancestor: z.string(),
  repository: repositorySchema,
});
const commitsBody = z.object({
  number: z.number(),
  commits: z.array(z.object({ sha: z.string(), at: sourceInstant })),
  repository: repositorySchema,
});

/** What the portal asked, and GitHub sends no webhook of. */
export const HISTORY_TRANSLATIONS: Record<
  string,
  (delivery: Delivery) => Translation
> = {
  'history.ancestry': ({ body }) => {
    const { sha, ancestor, repository } = read(ancestryBody, body);
    return {
      observations: [
        {
          kind: 'ancestry',
          repository: repositoryOf(repository),
          sha,
          ancestor,
        },
      ],
    };
  },
  'history.pull_request_commits': ({ body }) => {
    const { number, commits, repository } = read(commitsBody, body);
    const at = commits
      .map(one => one.at)
      .sort()
      .at(-1);
    if (!at) return { ignored: 'The pull request has no commits' };
    return {
      observations: [
        {
          kind: 'pull-request-commits',
          repository: repositoryOf(repository),
          number,
          commits,
          at,
        },
      ],
    };
  },
};
