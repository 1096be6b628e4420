import useEvent from 'react-use/esm/useEvent';
import useInterval from 'react-use/esm/useInterval';

/**
 * Looks again at this pace while somebody sees the page, and at once when they
 * come back to it; with null it does not.
 */
export function useFollow(look: () => unknown, everyMs: number | null) {
  const lookIfSeen = () => {
    if (everyMs !== null && !document.hidden) look();
  };
  useInterval(lookIfSeen, everyMs);
  useEvent('visibilitychange', lookIfSeen, document);
}
