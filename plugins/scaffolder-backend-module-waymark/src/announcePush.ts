import { EventsService } from '@backstage/plugin-events-node';

/**
 * Tells GitHub discovery of the push that brought a repository's
 * `catalog-info.yaml`, as the Git host's webhook does. Saying it twice changes
 * nothing.
 *
 * @param catalogInfoUrl - `https://host/owner/repository/blob/branch/path`
 */
export async function announcePush(
  events: EventsService,
  catalogInfoUrl: string,
): Promise<void> {
  const { origin, pathname } = new URL(catalogInfoUrl);
  const [, owner, name, , branch, ...path] = pathname
    .split('/')
    .map(decodeURIComponent);
  await events.publish({
    topic: 'github.push',
    eventPayload: {
      ref: `refs/heads/${branch}`,
      organization: { login: owner },
      repository: {
        name,
        owner: { login: owner },
        html_url: `${origin}/${owner}/${name}`,
        default_branch: branch,
        topics: [],
        archived: false,
        fork: false,
      },
      commits: [{ added: [path.join('/')], modified: [], removed: [] }],
    },
  });
}
