import useAsyncRetry from 'react-use/esm/useAsyncRetry';
import { useApi } from '@backstage/frontend-plugin-api';
import { NumberField, Text } from '@backstage/ui';
import { TemplatesAnswer } from '@waymark/backstage-plugin-golden-paths-common';
import {
  AsyncContent,
  EmptyState,
  SectionCard,
  useQuery,
} from '@waymark/backstage-plugin-insights-react';
import { goldenPathsApiRef } from '../../api/GoldenPathsApi';
import { count } from '../../words';
import { Page } from '../shared/Page';
import { windowOf, WindowSelect } from '../shared/WindowSelect';
import { readAssumptions, savedBy, SavedRow, writeMinutes } from './saved';
import shared from '../shared/shared.module.css';

const NUMBER = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 1 });
const hoursWords = (hours: number) =>
  `${NUMBER.format(hours)} ${hours === 1 ? 'hour' : 'hours'}`;

/** An empty field gives no number. */
const given = (value: number) => (Number.isNaN(value) ? undefined : value);

const Row = (props: {
  row: SavedRow;
  onMinutes: (minutes: number | undefined) => void;
}) => {
  const { row, onMinutes } = props;
  return (
    <li>
      <div>
        {row.title}
        <span className={shared.note}>
          {row.stated === undefined
            ? 'The template states nothing'
            : `The template states ${NUMBER.format(row.stated)} minutes`}
        </span>
      </div>
      <div className={shared.filters}>
        <NumberField
          label="Minutes saved each time"
          aria-label={`Minutes that ${row.title} saves each time`}
          minValue={0}
          maxValue={100_000}
          value={row.minutes}
          onChange={value => onMinutes(given(value))}
        />
        <Text>
          {`times ${count(row.n, 'service')}: `}
          <b>{hoursWords(row.hours)}</b>
        </Text>
      </div>
    </li>
  );
};

const Return = (props: {
  items: TemplatesAnswer['items'];
  query: Readonly<Record<string, string>>;
  onQuery: (changes: Record<string, string | undefined>) => void;
}) => {
  const { items, query, onQuery } = props;
  const assumed = readAssumptions(query);
  const { rows, hours, worth } = savedBy(items, assumed);
  const onMinutes = (templateRef: string, value: number | undefined) => {
    const minutes = new Map(assumed.minutes);
    if (value === undefined) minutes.delete(templateRef);
    else minutes.set(templateRef, value);
    onQuery({ minutes: writeMinutes(minutes) });
  };
  return (
    <>
      <SectionCard title="Work saved">
        <div className={shared.column}>
          <div>
            <span className={shared.big}>{hoursWords(hours)}</span>{' '}
            {worth !== undefined && (
              <Text color="secondary">
                {`worth ${NUMBER.format(Math.round(worth))} at ${NUMBER.format(
                  assumed.cost!,
                )} an hour`}
              </Text>
            )}
          </div>
          <Text as="p" color="secondary">
            This is an estimate, and no better than its assumptions, which all
            stand below. They are in the address of this page and nowhere else:
            share it, and others see the same.
          </Text>
        </div>
      </SectionCard>
      <SectionCard title="Assumptions">
        <div className={shared.column}>
          <div className={shared.filters}>
            <NumberField
              label="Creations that save it (%)"
              minValue={0}
              maxValue={100}
              value={assumed.counted}
              onChange={value =>
                onQuery({
                  counted:
                    given(value) === undefined || value === 100
                      ? undefined
                      : String(value),
                })
              }
            />
            <NumberField
              label="An hour of work costs"
              minValue={0}
              maxValue={100_000}
              value={assumed.cost ?? NaN}
              onChange={value => onQuery({ cost: given(value)?.toString() })}
            />
          </div>
          <ul className={shared.list} aria-label="Golden paths">
            {rows.map(row => (
              <Row
                key={row.templateRef}
                row={row}
                onMinutes={value => onMinutes(row.templateRef, value)}
              />
            ))}
          </ul>
        </div>
      </SectionCard>
    </>
  );
};

/** What golden paths save, with every assumption to be seen and changed. */
export const ReturnPage = () => {
  const api = useApi(goldenPathsApiRef);
  const [query, onQuery] = useQuery();
  const { days } = query;
  const state = useAsyncRetry(
    () => api.getTemplates(windowOf(days)),
    [api, days],
  );
  return (
    <Page title="Return">
      <WindowSelect days={days} onDays={next => onQuery({ days: next })} />
      <AsyncContent state={state} what="what was created" onRetry={state.retry}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState title="There is no golden path yet">
              The catalog has no template that you may see.
            </EmptyState>
          ) : (
            <Return items={items} query={query} onQuery={onQuery} />
          )
        }
      </AsyncContent>
    </Page>
  );
};
