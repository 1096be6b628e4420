import { Octokit } from '@octokit/rest';

const quiet = () => undefined;

/** A client of the forge's API; asking whether something exists is no news. */
export function forgeClient(forgeUrl: string, token: string): Octokit {
  return new Octokit({
    auth: token,
    baseUrl: `${forgeUrl}/api/v3`,
    log: { debug: quiet, info: quiet, warn: quiet, error: quiet },
  });
}

/** Whether the forge has what is asked for. */
export async function exists(
  request: () => Promise<unknown>,
): Promise<boolean> {
  return (await unlessMissing(request)) !== undefined;
}

/** What is asked for, or nothing where the forge does not have it. */
export async function unlessMissing<T>(
  request: () => Promise<T>,
): Promise<T | undefined> {
  try {
    return await request();
  } catch (error) {
    const { status } = error as { status?: number };
    // 409: the repository is there and has no commit yet.
    if (status === 404 || status === 409) return undefined;
    throw error;
  }
}
