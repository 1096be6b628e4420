import { DiscoveryApi, FetchApi } from '@backstage/frontend-plugin-api';
import { ResponseError } from '@backstage/errors';
import { Commits, commitsSchema } from '@waymark/backstage-plugin-home-common';

/**
 * The latest commits of one's own services.
 *
 * @throws ResponseError where the backend refuses
 */
export async function loadCommits(
  discoveryApi: DiscoveryApi,
  fetchApi: FetchApi,
  limit: number,
): Promise<Commits> {
  const base = await discoveryApi.getBaseUrl('home');
  const response = await fetchApi.fetch(`${base}/commits?limit=${limit}`);
  if (!response.ok) throw await ResponseError.fromResponse(response);
  return commitsSchema.parse(await response.json());
}
