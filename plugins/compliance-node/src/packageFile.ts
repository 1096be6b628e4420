import { resolvePackagePath } from '@backstage/backend-plugin-api';

/** A file that is shipped beside the code, in a checkout and in a built backend. */
export function packageFile(path: string): string {
  return resolvePackagePath('@waymark/backstage-plugin-compliance-node', path);
}
