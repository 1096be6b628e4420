import useAsyncRetry from 'react-use/esm/useAsyncRetry';
import { useApi } from '@backstage/frontend-plugin-api';
import { Alert, Text, VisuallyHidden } from '@backstage/ui';
import {
  CohortsAnswer,
  METRIC_NAMES,
  SELECTION_BIAS,
  SMALL_COHORT,
} from '@waymark/backstage-plugin-dora-common';
import { OutcomesAnswer } from '@waymark/backstage-plugin-golden-paths-common';
import {
  AsyncContent,
  EmptyState,
  SectionCard,
  useQuery,
} from '@waymark/backstage-plugin-insights-react';
import { insightsApiRef } from '../../api/InsightsApi';
import {
  METRIC_WORDS,
  metricWords,
  silenceWords,
  valueOf,
} from '../../insightWords';
import { count, durationWords } from '../../words';
import { Page } from '../shared/Page';
import { windowOf, WindowSelect } from '../shared/WindowSelect';
import shared from '../shared/shared.module.css';
import styles from './outcomes.module.css';

const NAMES = ['golden-path', 'bespoke'] as const;
type Name = (typeof NAMES)[number];
const NAME_WORDS: Record<Name, string> = {
  'golden-path': 'Golden path',
  bespoke: 'Bespoke',
};
const DAY_SECONDS = 86_400;

interface Row {
  label: string;
  /** By cohort; what is not there has no data. */
  cells: Partial<Record<Name, { value: string; note?: string }>>;
}

function deliveryRows({ delivery }: OutcomesAnswer): Row[] {
  if (!delivery.known) return [];
  const cells = (
    cell: (cohort: CohortsAnswer['cohorts'][number]) => Row['cells'][Name],
  ): Row['cells'] =>
    Object.fromEntries(
      delivery.answer.cohorts.map(cohort => [cohort.name, cell(cohort)]),
    );
  return [
    {
      label: 'Services',
      cells: cells(({ components, small }) => ({
        value: count(components, 'component'),
        ...(small && {
          note: `Too few to compare: fewer than ${SMALL_COHORT}`,
        }),
      })),
    },
    {
      label: 'Median age',
      cells: cells(({ ageDays }) =>
        ageDays === undefined
          ? undefined
          : {
              value: durationWords(ageDays * DAY_SECONDS),
              note: 'since the first change or deployment that is known',
            },
      ),
    },
    ...METRIC_NAMES.map(metric => ({
      label: METRIC_WORDS[metric],
      cells: cells(({ metrics, spread }) => {
        const value = valueOf(metrics, metric);
        if (value === undefined) return undefined;
        const middle = spread[metric];
        return {
          value: metricWords(metric, value),
          note:
            middle && middle.n > 1
              ? `middle half of ${middle.n}: ${metricWords(
                  metric,
                  middle.p25,
                )} to ${metricWords(metric, middle.p75)}`
              : `from ${count(metrics[metric].n, 'event')}`,
        };
      }),
    })),
  ];
}

function complianceRows({ compliance }: OutcomesAnswer): Row[] {
  if (!compliance.known) return [];
  const cells = Object.fromEntries(
    compliance.answer.cohorts.map(({ name, score, scored, spread }) => [
      name,
      score === null
        ? undefined
        : {
            value: `${score}\u00a0%`,
            note:
              spread && scored > 1
                ? `middle half of ${scored}: ${Math.round(
                    spread.p25,
                  )} to ${Math.round(spread.p75)}\u00a0%`
                : `of ${count(scored, 'component')}`,
          },
    ]),
  );
  return [{ label: 'Compliance score', cells }];
}

const Comparison = ({ rows }: { rows: readonly Row[] }) => (
  <div className={styles.scroll}>
    <table className={styles.table}>
      <thead>
        <tr>
          <th scope="col">
            <VisuallyHidden>What is measured</VisuallyHidden>
          </th>
          {NAMES.map(name => (
            <th key={name} scope="col">
              {NAME_WORDS[name]}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ label, cells }) => (
          <tr key={label}>
            <th scope="row">{label}</th>
            {NAMES.map(name => (
              <td key={name}>
                {cells[name]?.value ?? 'No data'}
                {cells[name]?.note && (
                  <span className={shared.note}>{cells[name].note}</span>
                )}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  </div>
);

const Outcomes = ({ answer }: { answer: OutcomesAnswer }) => {
  const { delivery, compliance } = answer;
  const rows = [...deliveryRows(answer), ...complianceRows(answer)];
  const isEmpty =
    (!delivery.known || delivery.answer.cohorts.length === 0) &&
    (!compliance.known || compliance.answer.cohorts.length === 0);
  return (
    <div className={shared.column}>
      <Alert
        status="info"
        icon
        title="A difference is no proof"
        description={
          delivery.known && delivery.answer.bias
            ? delivery.answer.bias
            : SELECTION_BIAS
        }
      />
      {isEmpty ? (
        <EmptyState title="There is nothing to compare">
          Components of the catalog are compared here once they are measured.
        </EmptyState>
      ) : (
        <Comparison rows={rows} />
      )}
      {!delivery.known && (
        <Text as="p" color="secondary">
          {`Delivery: ${silenceWords(delivery.why, 'delivery')}`}
        </Text>
      )}
      {!compliance.known && (
        <Text as="p" color="secondary">
          {`Compliance: ${silenceWords(compliance.why, 'compliance')}`}
        </Text>
      )}
      <Text as="p" color="secondary">
        Delivery is of the period that is chosen, compliance of now. A component
        is on a golden path where it names the template that made it.
      </Text>
    </div>
  );
};

/** What golden paths made, beside what they did not. */
export const OutcomesPage = () => {
  const api = useApi(insightsApiRef);
  const [{ days }, onQuery] = useQuery();
  const state = useAsyncRetry(
    () => api.getOutcomes(windowOf(days)),
    [api, days],
  );
  return (
    <Page title="Outcomes">
      <WindowSelect days={days} onDays={next => onQuery({ days: next })} />
      <SectionCard title="Golden path and bespoke">
        <AsyncContent
          state={state}
          what="how services do"
          onRetry={state.retry}
        >
          {answer => <Outcomes answer={answer} />}
        </AsyncContent>
      </SectionCard>
    </Page>
  );
};
