import useAsync from 'react-use/esm/useAsync';
import { useApi } from '@backstage/frontend-plugin-api';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { operationsOf } from '@waymark/backstage-plugin-insights-react';

/** Where the commits of components are, as far as the catalog knows. */
export function useCommitUrl(entityRefs: readonly string[]) {
  const catalog = useApi(catalogApiRef);
  const refs = [...new Set(entityRefs)].sort();
  const { value } = useAsync(async () => {
    if (refs.length === 0) return new Map<string, string>();
    const { items } = await catalog.getEntitiesByRefs({
      entityRefs: refs,
      fields: ['kind', 'metadata', 'spec'],
    });
    return new Map(
      items.flatMap((entity, index): [string, string][] => {
        const url = entity && operationsOf(entity).repository?.url;
        return url ? [[refs[index], url]] : [];
      }),
    );
  }, [catalog, refs.join()]);
  return (entityRef: string, sha: string) => {
    const url = value?.get(entityRef);
    return url && `${url}/commit/${sha}`;
  };
}
