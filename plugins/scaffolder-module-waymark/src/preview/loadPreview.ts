import { DiscoveryApi, FetchApi } from '@backstage/frontend-plugin-api';
import { ResponseError } from '@backstage/errors';
import {
  Preview,
  previewSchema,
} from '@waymark/backstage-plugin-golden-paths-common';

/**
 * What the template would make of the answers.
 *
 * @throws the backend's own error where it refuses or fails
 */
export async function loadPreview(
  discoveryApi: DiscoveryApi,
  fetchApi: FetchApi,
  request: { templateRef: string; values: Record<string, unknown> },
): Promise<Preview> {
  const base = await discoveryApi.getBaseUrl('golden-paths');
  const response = await fetchApi.fetch(`${base}/preview`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(request),
  });
  // What went wrong is said by the cause; around it is only a status.
  if (!response.ok) throw (await ResponseError.fromResponse(response)).cause;
  return previewSchema.parse(await response.json());
}
