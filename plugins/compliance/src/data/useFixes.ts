import { useCallback, useEffect, useRef, useState } from 'react';
import { useApi } from '@backstage/frontend-plugin-api';
import { OpenedFix } from '@waymark/backstage-plugin-compliance-common';
import { useFollow } from '@waymark/backstage-plugin-insights-react';
import { complianceApiRef } from '../api/ComplianceApi';

/** While a pull request may be merged at any time. */
export const HURRIED_MS = 2_000;
/** After which the check that follows a merge is not waited for any more. */
const CHECK_LIMIT_MS = 60_000;

type Fixes = {
  entityRef: string;
  open: OpenedFix[];
  /** Merged before our eyes; the check that follows has not come yet. */
  merged: { fix: OpenedFix; evaluatedAt?: string; until: number }[];
};

/** Of nothing yet. */
const none = (entityRef: string): Fixes => ({
  entityRef,
  open: [],
  merged: [],
});

/**
 * The pull requests that mend a component's rules, and what becomes of them.
 *
 * @param evaluatedAt - of the last check: others may have opened one meanwhile
 */
export function useFixes(entityRef: string, evaluatedAt?: string) {
  const api = useApi(complianceApiRef);
  const [fixes, setFixes] = useState(() => none(entityRef));
  /** Counts what answers to earlier questions do not know of. */
  const turn = useRef(0);
  const isLooking = useRef(false);

  const look = useCallback(
    async (before: Fixes) => {
      const now = turn.current;
      isLooking.current = true;
      try {
        const open = await api.getFixes({ entityRef });
        const isOpen = ({ number, rule }: OpenedFix) =>
          open.some(one => one.number === number && one.rule === rule);
        const gone = before.open.filter(one => !isOpen(one));
        const ended = gone.length
          ? await api.getFixes({ entityRef, state: 'merged' })
          : [];
        const merged = ended.filter(({ number }) =>
          gone.some(one => one.number === number),
        );
        if (now !== turn.current) return;
        const until = Date.now() + CHECK_LIMIT_MS;
        setFixes({
          entityRef,
          open,
          merged: [
            ...before.merged.filter(
              one => one.evaluatedAt === evaluatedAt && one.until > Date.now(),
            ),
            ...merged.map(fix => ({ fix, evaluatedAt, until })),
          ],
        });
      } catch {
        // What is known stays until it can be read again.
      } finally {
        isLooking.current = false;
      }
    },
    [api, entityRef, evaluatedAt],
  );

  const ofThis = fixes.entityRef === entityRef ? fixes : none(entityRef);
  const latest = useRef(ofThis);
  latest.current = ofThis;
  useEffect(() => {
    turn.current += 1;
    look(latest.current);
  }, [look]);

  const isWaiting = ofThis.open.length + ofThis.merged.length > 0;
  useFollow(
    () => isLooking.current || look(latest.current),
    isWaiting ? HURRIED_MS : null,
  );

  return {
    /** What there is for a rule. */
    of: (rule: string): OpenedFix | undefined =>
      [...ofThis.open, ...ofThis.merged.map(({ fix }) => fix)].find(
        fix => fix.rule === rule,
      ),
    /** The page is to follow soon. */
    isWaiting,
    /** One was opened here. */
    add: (fix: OpenedFix) => {
      turn.current += 1;
      const others = latest.current.open.filter(one => one.rule !== fix.rule);
      setFixes({ ...latest.current, open: [fix, ...others] });
    },
  };
}
