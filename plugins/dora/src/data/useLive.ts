import { useCallback, useEffect, useRef, useState } from 'react';
import useInterval from 'react-use/esm/useInterval';
import { useSignal } from '@backstage/plugin-signals-react';
import { AsyncValue } from '@waymark/backstage-plugin-insights-react';

/** Sent when facts have changed. */
const CHANNEL = 'dora:changed';
const POLL_MS = 30_000;

/**
 * Loads a value, and again when something has happened. What was loaded for the
 * same key stays until the next is there, and when the next fails.
 */
export function useLive<T>(
  load: () => Promise<T>,
  key: string,
): AsyncValue<T> & { retry: () => void } {
  const [shown, setShown] = useState<{ key: string; value?: T; error?: Error }>(
    { key },
  );
  const [loading, setLoading] = useState(true);
  const latest = useRef({ load, turn: 0 });
  latest.current.load = load;

  const run = useCallback(async () => {
    const turn = ++latest.current.turn;
    const isLatest = () => latest.current.turn === turn;
    setLoading(true);
    try {
      const value = await latest.current.load();
      if (isLatest()) setShown({ key, value });
    } catch (error) {
      if (isLatest()) {
        setShown(before =>
          before.key === key && before.value !== undefined
            ? before
            : { key, error: error as Error },
        );
      }
    } finally {
      if (isLatest()) setLoading(false);
    }
  }, [key]);

  const { lastSignal } = useSignal(CHANNEL);
  useEffect(() => {
    run();
    const { current } = latest;
    return () => {
      current.turn++;
    };
  }, [run, lastSignal]);
  useInterval(() => {
    if (!document.hidden) run();
  }, POLL_MS);

  const { value, error } =
    shown.key === key ? shown : { value: undefined, error: undefined };
  return { loading, value, error, retry: run };
}
