import useAsyncRetry from 'react-use/esm/useAsyncRetry';
import { useApi } from '@backstage/frontend-plugin-api';
import { Text } from '@backstage/ui';
import { Summary } from '@waymark/backstage-plugin-compliance-common';
import {
  AsyncContent,
  AsyncValue,
  EmptyState,
  SectionCard,
  ShareBar,
  TrendLine,
} from '@waymark/backstage-plugin-insights-react';
import { complianceApiRef } from '../../api/ComplianceApi';
import { count } from '../../words';
import { Change } from '../shared/Change';
import { outcomeShares } from '../shared/outcomeShares';
import shared from '../shared/shared.module.css';
import styles from './company.module.css';

const Total = ({ total, totalBefore, components }: Summary) => (
  <div className={styles.total}>
    <p className={styles.score}>
      {total.score === undefined ? (
        <Text>No rule that counts has an answer yet.</Text>
      ) : (
        <>
          <span className={shared.big}>{total.score}</span>
          <Text color="secondary">of 100</Text>
          <Change now={total.score} before={totalBefore} />
        </>
      )}
    </p>
    <Text as="p">
      {`${total.passedWeight.toLocaleString()} of ${total.countedWeight.toLocaleString()} points, over ${count(
        components,
        'component',
      )}`}
    </Text>
    <ShareBar title="Verdicts" shares={outcomeShares(total)} />
  </div>
);

/** The score of all components together, and how it went. */
export const Totals = (props: {
  state: AsyncValue<Summary>;
  onRetry: () => void;
}) => {
  const { state, onRetry } = props;
  const api = useApi(complianceApiRef);
  const history = useAsyncRetry(() => api.getHistory({}), [api]);
  return (
    <div className={styles.columns}>
      <SectionCard title="Score">
        <AsyncContent state={state} what="the score" onRetry={onRetry}>
          {summary =>
            summary.components > 0 ? (
              <Total {...summary} />
            ) : (
              <EmptyState title="No component was checked yet">
                Components of the catalog are checked within minutes.
              </EmptyState>
            )
          }
        </AsyncContent>
      </SectionCard>
      <SectionCard title="History">
        <AsyncContent
          state={history}
          what="the history"
          onRetry={history.retry}
        >
          {({ points }) => (
            <TrendLine
              title="Score of all components"
              points={points.map(({ day, score }) => ({ day, value: score }))}
              height={130}
            />
          )}
        </AsyncContent>
      </SectionCard>
    </div>
  );
};
