import { useCallback } from 'react';
import { useSearchParams } from 'react-router-dom';

/** What the address asks for, so that it can be shared; changes replace it. */
export function useQuery(): [
  query: Readonly<Record<string, string>>,
  change: (changes: Record<string, string | undefined>) => void,
] {
  const [params, setParams] = useSearchParams();
  const change = useCallback(
    (changes: Record<string, string | undefined>) =>
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
