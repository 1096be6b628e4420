import { useEffect, useState } from 'react';
import { useApi } from '@backstage/core-plugin-api';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { findNameHolder, NameHolder } from './nameHolder';
import { nameProblem } from './nameProblem';

/** Milliseconds without a key before the catalog is asked. */
const QUIET = 300;

/** What is known of a name while it is typed. */
export type NameState =
  | { kind: 'empty' | 'checking' | 'free' | 'unknown' }
  | { kind: 'malformed'; message: string }
  | { kind: 'taken'; holder: NameHolder };

/** Follows a name as it is typed, and asks the catalog once typing pauses. */
export function useNameState(name: string): NameState {
  const catalogApi = useApi(catalogApiRef);
  const message = name ? nameProblem(name) : undefined;
  const [answer, setAnswer] = useState<{ name: string; state: NameState }>();

  useEffect(() => {
    if (!name || message) return undefined;
    let stale = false;
    const timer = setTimeout(async () => {
      let state: NameState;
      try {
        const holder = await findNameHolder(catalogApi, name);
        state = holder ? { kind: 'taken', holder } : { kind: 'free' };
      } catch {
        // The check on Next asks again and reports what is wrong.
        state = { kind: 'unknown' };
      }
      if (!stale) setAnswer({ name, state });
    }, QUIET);
    return () => {
      stale = true;
      clearTimeout(timer);
    };
  }, [catalogApi, name, message]);

  if (!name) return { kind: 'empty' };
  if (message) return { kind: 'malformed', message };
  return answer?.name === name ? answer.state : { kind: 'checking' };
}
