import { ReactNode, useEffect, useRef, useState } from 'react';
import { useEntity } from '@backstage/plugin-catalog-react';
import { Alert } from '@backstage/ui';
import {
  fixCreatePermission,
  Rule,
} from '@waymark/backstage-plugin-compliance-common';
import { useMayChange } from '@waymark/backstage-plugin-insights-react';
import { useFixes } from '../../data/useFixes';
import { JudgedRule } from '../../data/verdicts';
import { FixDialog } from './FixDialog';
import { FixOffer } from './FixOffer';

/** A rule whose pull request was seen here, and that passes now. */
function useMended(
  judged: readonly JudgedRule[],
  fixes: ReturnType<typeof useFixes>,
): Rule | undefined {
  const watched = useRef(new Set<string>());
  const [mended, setMended] = useState<Rule>();
  useEffect(() => {
    for (const { rule, verdict } of judged) {
      if (verdict.outcome === 'pass' && watched.current.delete(rule.id)) {
        setMended(rule);
      } else if (verdict.outcome === 'fail' && fixes.of(rule.id)) {
        watched.current.add(rule.id);
      }
    }
  }, [judged, fixes]);
  return mended;
}

/** Pull requests for the rules of a component that fail. */
export function useFixOffers(
  entityRef: string,
  judged: readonly JudgedRule[],
  fixes: ReturnType<typeof useFixes>,
): {
  /** Stands beside a rule; nothing where there is nothing to offer. */
  offer: (judged: JudgedRule) => ReactNode;
  /** What has just been mended. */
  news: ReactNode;
  dialog: ReactNode;
} {
  const { entity } = useEntity();
  const mayMend = useMayChange(entity, fixCreatePermission);
  const [asking, setAsking] = useState<Rule>();
  const mended = useMended(judged, fixes);

  return {
    offer: ({ rule, verdict: { outcome } }) => {
      if (outcome === 'pass' || outcome === 'not-applicable') return null;
      const fix = fixes.of(rule.id);
      const isOffered = outcome === 'fail' && rule.pullRequest && mayMend;
      if (!fix && !isOffered) return null;
      return (
        <FixOffer
          rule={rule}
          fix={fix}
          onOffer={isOffered ? () => setAsking(rule) : undefined}
        />
      );
    },
    news: mended && (
      <div role="status">
        <Alert
          status="success"
          icon
          title={`It passes now: ${mended.title}`}
          description="The pull request is merged, and the rule was checked again."
          mb="4"
        />
      </div>
    ),
    dialog: asking && (
      <FixDialog
        entityRef={entityRef}
        rule={asking}
        onClose={() => setAsking(undefined)}
        onOpened={fixes.add}
      />
    ),
  };
}
