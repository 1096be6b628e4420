import { useCallback, useEffect, useRef, useState } from 'react';
import useInterval from 'react-use/esm/useInterval';
import { useSignal } from '@backstage/plugin-signals-react';
import { AsyncValue } from '@waymark/backstage-plugin-insights-react';

/** That metrics are others; that a delivery was read. */
type Channel = 'dora:changed' | 'dora:received';
const POLL_MS = 30_000;

/**
 * Loads a value, and again when something has happened. What was loaded for the
 * same key stays until the next is there, and when the next fails.
 */
export function useLive<T>(
  load: () => Promise<T>,
  key: string,
  channel: Channel = 'dora:changed',
): AsyncValue<T> & { retry: () => void } {
  const [shown, setShown] = useState<{ key: string; value?: T; error?: Error }>(
    { key },
  );
  const [loading, setLoading] = useState(true);
  const latest = useRef({ load, turn: 0, busy: false, missed: false });
  latest.current.load = load;

  const run = useCallback(async (): Promise<void> => {
    const { current } = latest;
    const turn = ++current.turn;
    const isLatest = () => current.turn === turn;
    current.busy = true;
    current.missed = false;
    setLoading(true);
    try {
      const value = await current.load();
      if (isLatest()) setShown({ key, value });
    } catch (error) {
      if (isLatest()) {
        setShown(before =>
          before.key === key && before.value !== undefined
            ? before
            : { key, error: error as Error },
        );
      }
    }
    if (!isLatest()) return;
    current.busy = false;
    setLoading(false);
    if (current.missed && !document.hidden) await run();
  }, [key]);

  // An answer that is under way is not thrown away for the next: in a burst none would be shown.
  const follow = useCallback(() => {
    const { current } = latest;
    if (current.busy || document.hidden) current.missed = true;
    else run();
  }, [run]);

  useEffect(() => {
    run();
    const { current } = latest;
    return () => {
      current.turn++;
    };
  }, [run]);
  const { lastSignal } = useSignal(channel);
  useEffect(() => {
    if (lastSignal) follow();
  }, [lastSignal, follow]);
  useInterval(follow, POLL_MS);
  useEffect(() => {
    const lookAgain = () => {
      if (latest.current.missed) follow();
    };
    document.addEventListener('visibilitychange', lookAgain);
    return () => document.removeEventListener('visibilitychange', lookAgain);
  }, [follow]);

  const { value, error } =
    shown.key === key ? shown : { value: undefined, error: undefined };
  return { loading, value, error, retry: run };
}
