import { useState } from 'react';
import { useSearchParams } from 'react-router-dom';
import useAsync from 'react-use/esm/useAsync';
import { Progress } from '@backstage/core-components';
import { useApi } from '@backstage/frontend-plugin-api';
import { CatalogGraphPage, Direction } from '@backstage/plugin-catalog-graph';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { stringifyEntityRef } from '@backstage/catalog-model';

/**
 * The stock graph, which shows nothing until an entity is named: without one
 * it begins at the domains and their systems.
 */
export const GraphPage = () => {
  const [search] = useSearchParams();
  const catalogApi = useApi(catalogApiRef);
  // Only what the page was opened with counts: later it writes its own state
  // into the address.
  const [named] = useState(() =>
    [...search.keys()].some(key => key.startsWith('rootEntityRefs')),
  );
  const { value: roots, loading } = useAsync(async () => {
    if (named) return [];
    const { items } = await catalogApi.getEntities({
      filter: { kind: 'Domain' },
      fields: ['kind', 'metadata.name', 'metadata.namespace'],
    });
    return items.map(stringifyEntityRef);
  }, [catalogApi, named]);
  if (loading) return <Progress />;
  return (
    <CatalogGraphPage
      initialState={{
        rootEntityRefs: roots,
        selectedRelations: named ? undefined : ['partOf', 'hasPart'],
        maxDepth: 1,
        direction: Direction.LEFT_RIGHT,
        showFilters: false,
      }}
    />
  );
};
