import { useCallback } from 'react';
import { useSearchParams } from 'react-router-dom';
import { Change, Query } from './asked';

/** What the address asks for, so that it can be shared; changes replace it. */
export function useQuery(): [query: Query, change: Change] {
  const [params, setParams] = useSearchParams();
  const change: Change = useCallback(
    changes =>
      setParams(
        before => {
          const after = new URLSearchParams(before);
          for (const [key, value] of Object.entries(changes)) {
            if (value === undefined) after.delete(key);
            else after.set(key, value);
          }
          return after;
        },
        { replace: true },
      ),
    [setParams],
  );
  return [Object.fromEntries(params), change];
}
