import { useState } from 'react';
import { useNavigate } from 'react-router-dom';
import { useRouteRef } from '@backstage/frontend-plugin-api';
import { SearchField } from '@backstage/ui';
import { searchRouteRef } from '../routes';

/** Takes a query to the search page. */
export const HomeSearch = () => {
  const [query, setQuery] = useState('');
  const navigate = useNavigate();
  const searchLink = useRouteRef(searchRouteRef);
  if (!searchLink) return null;
  return (
    <SearchField
      aria-label="Search services, APIs and docs"
      placeholder="Search services, APIs and docs"
      size="medium"
      value={query}
      onChange={setQuery}
      onSubmit={value =>
        navigate(
          `${searchLink()}?${new URLSearchParams({ query: value }).toString()}`,
        )
      }
    />
  );
};
