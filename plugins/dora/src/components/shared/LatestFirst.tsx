import { ReactNode } from 'react';
import { Button, Text } from '@backstage/ui';
import {
  AsyncContent,
  AsyncValue,
  OptionSelect,
  SectionCard,
  useQuery,
} from '@waymark/backstage-plugin-insights-react';
import shared from './shared.module.css';

/** How many a page asks for. */
export const PAGE = 50;
/** In the address: what the page stands behind. */
const BEFORE = 'before';

/** What the address asks for, one page of it. */
export function usePage() {
  const [query, onQuery] = useQuery();
  return { query, onQuery, cursor: query[BEFORE] };
}

const number = (value: number) => value.toLocaleString('en-GB');

/** Narrows the list by a key of the address, and says how many there are of each. */
export function CountedSelect<T extends string>(props: {
  label: string;
  any: string;
  /** In the address. */
  name: string;
  words: Record<T, string>;
  values: readonly T[];
  counts?: Record<T, number>;
}) {
  const { label, any, name, words, values, counts } = props;
  const { query, onQuery } = usePage();
  return (
    <OptionSelect
      label={label}
      any={any}
      options={values.map(value => ({
        value,
        label: counts
          ? `${words[value]} (${number(counts[value])})`
          : words[value],
      }))}
      value={values.find(value => value === query[name])}
      onChange={value => onQuery({ [name]: value, [BEFORE]: undefined })}
    />
  );
}

/** A list page by page, latest first; the address says which page. */
export function LatestFirst<T>(props: {
  /** `events`, as in "The last events". */
  what: string;
  filters: ReactNode;
  state: AsyncValue<{ items: readonly T[]; next?: string }> & {
    retry: () => void;
  };
  /** Of all pages. */
  total?: number;
  /** Where there is nothing to show. */
  empty: ReactNode;
  children: (items: readonly T[]) => ReactNode;
}) {
  const { what, filters, state, total, empty, children } = props;
  const { cursor, onQuery } = usePage();
  const next = state.value?.next;
  return (
    <SectionCard title={cursor ? `Older ${what}` : `The last ${what}`}>
      <div className={shared.column}>
        <div className={shared.filters}>{filters}</div>
        <AsyncContent state={state} what={`the ${what}`} onRetry={state.retry}>
          {({ items }) => (items.length > 0 ? children(items) : empty)}
        </AsyncContent>
        <div className={shared.bar}>
          {total !== undefined && (
            <Text color="secondary" variant="body-small">
              {number(total)} in all, latest first
            </Text>
          )}
          {cursor && (
            <Button
              variant="secondary"
              onPress={() => onQuery({ [BEFORE]: undefined })}
            >
              Latest
            </Button>
          )}
          {next && (
            <Button
              variant="secondary"
              onPress={() => onQuery({ [BEFORE]: next })}
            >
              Older
            </Button>
          )}
        </div>
      </div>
    </SectionCard>
  );
}
