import { Config } from '@backstage/config';

/** Whether the catalog finds a repository by itself, from its URL. */
export type IsDiscovered = (repositoryUrl: string) => boolean;

/**
 * Reads which organisations GitHub discovery covers, as the catalog's provider
 * reads them: one block, or several by name.
 */
export function readDiscovered(config: Config): IsDiscovered {
  const root = config.getOptionalConfig('catalog.providers.github');
  if (!root) return () => false;
  const blocks = root.has('organization')
    ? [root]
    : root.keys().map(key => root.getConfig(key));
  const covered = new Set(
    blocks
      .filter(block => block.has('organization'))
      .map(block =>
        [
          block.getOptionalString('host') ?? 'github.com',
          block.getString('organization'),
        ]
          .join('/')
          .toLowerCase(),
      ),
  );
  return repositoryUrl => {
    const { host, pathname } = new URL(repositoryUrl);
    const owner = pathname.split('/')[1] ?? '';
    return covered.has(`${host}/${owner}`.toLowerCase());
  };
}
