import useAsync from 'react-use/esm/useAsync';
import { useApi } from '@backstage/frontend-plugin-api';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { operationsOf } from '@waymark/backstage-plugin-insights-react';

/** Whose documentation has the pages on delivery. */
const PLATFORM = 'component:default/platform';

/** Where a page on delivery is; undefined where the catalog has none. */
export function useGuide() {
  const catalog = useApi(catalogApiRef);
  const { value } = useAsync(async () => {
    const entity = await catalog.getEntityByRef(PLATFORM);
    return entity && operationsOf(entity).docs;
  }, [catalog]);
  return (page: string) => value && `${value}/dora/${page}`;
}
