import { useCallback, useEffect, useState } from 'react';
import useAsyncRetry from 'react-use/esm/useAsyncRetry';
import { useApi } from '@backstage/frontend-plugin-api';
import {
  ComponentReport,
  RuleInForce,
} from '@waymark/backstage-plugin-compliance-common';
import { useFollow } from '@waymark/backstage-plugin-insights-react';
import { complianceApiRef } from '../api/ComplianceApi';

/** What is known of a component; no report where it was not checked yet. */
export type Found = { report?: ComponentReport; rules: RuleInForce[] };

/** Changes with every check. */
const stampOf = (report?: ComponentReport) =>
  report &&
  [
    report.evaluatedAt,
    ...report.origins.map(origin => origin.collectedAt),
  ].join();

const FOLLOW_MS = 10_000;
const CHECK_MS = 1_000;
/** After which nobody is kept waiting any more. */
const CHECK_LIMIT_MS = 60_000;

/**
 * The report of a component and the rules it speaks of. It follows what happens,
 * and `check` asks for a new one.
 *
 * @param hurriedMs - the pace at which it follows while something is to happen soon
 */
export function useReport(entityRef: string, hurriedMs?: number) {
  const api = useApi(complianceApiRef);
  const first = useAsyncRetry(async (): Promise<Found> => {
    const [report, { rules }] = await Promise.all([
      api.getReport(entityRef),
      api.getRules(),
    ]);
    return { report, rules };
  }, [api, entityRef]);
  const [newer, setNewer] = useState<ComponentReport>();
  const [check, setCheck] = useState<{ stamp?: string; until: number }>();
  const [checkError, setCheckError] = useState<Error>();

  useEffect(() => {
    setNewer(undefined);
    setCheck(undefined);
  }, [entityRef, first.value]);

  const report = newer ?? first.value?.report;
  const revision = report?.revision;
  const { retry } = first;
  useFollow(
    async () => {
      try {
        const next = await api.getReport(entityRef);
        // Rules have changed: their texts are loaded anew, too.
        if (next && revision && next.revision !== revision) retry();
        else if (stampOf(next) !== stampOf(report)) setNewer(next);
        const done = stampOf(next) !== check?.stamp;
        if (check && (done || Date.now() > check.until)) setCheck(undefined);
      } catch {
        // What is shown stays until it can be read again.
      }
    },
    first.value ? (check && CHECK_MS) || hurriedMs || FOLLOW_MS : null,
  );

  const stamp = stampOf(report);
  const checkAgain = useCallback(async () => {
    setCheckError(undefined);
    setCheck({ stamp, until: Date.now() + CHECK_LIMIT_MS });
    try {
      await api.refresh(entityRef);
    } catch (error) {
      setCheck(undefined);
      setCheckError(error as Error);
    }
  }, [api, entityRef, stamp]);

  return {
    state: {
      ...first,
      value: first.value && { ...first.value, report },
    },
    retry,
    checkAgain,
    isChecking: check !== undefined,
    checkError,
  };
}
