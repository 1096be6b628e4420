import useAsync from 'react-use/esm/useAsync';
import { useApi } from '@backstage/frontend-plugin-api';
import {
  catalogApiRef,
  useEntityOwnership,
} from '@backstage/plugin-catalog-react';

/** Which of the components the reader owns; none until that is known. */
export function useOwned(entityRefs: readonly string[]): ReadonlySet<string> {
  const catalogApi = useApi(catalogApiRef);
  const { isOwnedEntity, loading } = useEntityOwnership();
  const asked = [...new Set(entityRefs)].sort();
  const { value = new Set<string>() } = useAsync(async () => {
    if (asked.length === 0 || loading) return new Set<string>();
    const { items } = await catalogApi.getEntitiesByRefs({
      entityRefs: asked,
      fields: ['kind', 'metadata.namespace', 'metadata.name', 'relations'],
    });
    return new Set(
      asked.filter((_, index) => {
        const entity = items[index];
        return entity !== undefined && isOwnedEntity(entity);
      }),
    );
  }, [catalogApi, asked.join(), loading]);
  return value;
}
