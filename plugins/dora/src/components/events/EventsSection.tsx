import { useEffect, useRef, useState } from 'react';
import { useLocation } from 'react-router-dom';
import { useApi } from '@backstage/frontend-plugin-api';
import {
  Button,
  Flex,
  Table,
  Text,
  ToggleButton,
  ToggleButtonGroup,
  useBreakpoint,
} from '@backstage/ui';
import { RiDownloadLine } from '@remixicon/react';
import {
  downloadCsv,
  EmptyState,
  ErrorState,
  OptionSelect,
  SectionCard,
} from '@waymark/backstage-plugin-insights-react';
import { doraApiRef } from '../../api/DoraApi';
import { Asked, Change, Query } from '../../data/asked';
import { dayIn, when } from '../../time';
import { EVENTS_ID } from '../shared/useLinks';
import { COLUMNS_OF } from './columns';
import { eventsCsv } from './eventsCsv';
import { useEventsHref } from './useEventsHref';
import {
  COUNTED,
  COUNTED_WORDS,
  eventsChange,
  eventsOf,
  List,
  LIST_WORDS,
  listQuery,
  LISTS,
} from './eventsQuery';
import { useCommitUrl } from './useCommitUrl';
import { allOf, CSV_LIMIT, ItemOf, useList } from './useList';
import shared from '../shared/shared.module.css';

function EventsTable<L extends List>(props: {
  list: L;
  asked: Asked;
  query: ReturnType<typeof listQuery>;
  named: boolean;
}) {
  const { list, asked, query, named } = props;
  const api = useApi(doraApiRef);
  const { up } = useBreakpoint();
  const hrefOf = useEventsHref();
  const state = useList(api, list, query);
  const { items, total, error, retry } = state;
  const commitUrl = useCommitUrl(items.map(item => item.entityRef));
  if (error) {
    const what = LIST_WORDS[list].toLowerCase();
    return <ErrorState what={`the ${what}`} error={error} onRetry={retry} />;
  }
  const { timeZone } = asked.window;
  const columns = COLUMNS_OF[list]({
    timeZone,
    named,
    wide: up('md'),
    commitUrl,
    changesHref: deployment => hrefOf({ list: 'changes', deployment }),
  });
  return (
    <>
      <div className={shared.fitted}>
        <Table<ItemOf<L>>
          aria-label={LIST_WORDS[list]}
          columnConfig={columns}
          data={state.value && items}
          isPending={!state.value}
          pagination={{ type: 'none' }}
          emptyState={
            <EmptyState title="There are none">
              None in this time counts for it.
            </EmptyState>
          }
        />
      </div>
      {state.moreError && (
        <ErrorState what="more of them" error={state.moreError} />
      )}
      {items.length > 0 && (
        <div className={shared.bar}>
          <Text color="secondary" variant="body-small">
            {items.length.toLocaleString('en-GB')} of{' '}
            {total.toLocaleString('en-GB')}, latest first; times in {timeZone}
            {total > CSV_LIMIT &&
              `; the file has the latest ${CSV_LIMIT.toLocaleString('en-GB')}`}
          </Text>
          {state.showMore && (
            <Button
              variant="secondary"
              onPress={state.showMore}
              isPending={state.isMoreLoading}
            >
              Show more
            </Button>
          )}
        </div>
      )}
    </>
  );
}

/** What the values were made of: each of them, with links to where it happened. */
export const EventsSection = (props: {
  asked: Asked;
  query: Query;
  onQuery: Change;
  /** Whether components are named. */
  named: boolean;
}) => {
  const { asked, query, onQuery, named } = props;
  const api = useApi(doraApiRef);
  const of = eventsOf(query);
  const { list, counted, within, deployment } = of;
  const asksFor = listQuery(asked, of);
  const { timeZone } = asked.window;
  const [csv, setCsv] = useState<{ loading?: boolean; error?: Error }>({});
  const save = async () => {
    setCsv({ loading: true });
    try {
      const items = await allOf(api, list, asksFor);
      const name = [list, counted, dayIn(timeZone, new Date())];
      downloadCsv(
        `${name.filter(Boolean).join('-')}.csv`,
        eventsCsv(list, items),
      );
      setCsv({});
    } catch (error) {
      setCsv({ error: error as Error });
    }
  };

  // A value leads down to what is behind it.
  const { hash, key } = useLocation();
  const section = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (hash === `#${EVENTS_ID}`) section.current?.scrollIntoView();
  }, [hash, key]);

  return (
    <div id={EVENTS_ID} ref={section}>
      <SectionCard
        title="Events behind the numbers"
        action={
          <Button
            variant="secondary"
            iconStart={<RiDownloadLine aria-hidden />}
            isPending={csv.loading}
            onPress={save}
          >
            CSV
          </Button>
        }
      >
        <Flex direction="column" gap="4">
          {csv.error && <ErrorState what="the file" error={csv.error} />}
          <div className={shared.filters}>
            <div className={shared.wide}>
              <ToggleButtonGroup
                aria-label="Events"
                selectionMode="single"
                disallowEmptySelection
                selectedKeys={[list]}
                onSelectionChange={([next]) =>
                  onQuery(eventsChange({ list: next as List, within }))
                }
              >
                {LISTS.map(one => (
                  <ToggleButton key={one} id={one}>
                    {LIST_WORDS[one]}
                  </ToggleButton>
                ))}
              </ToggleButtonGroup>
            </div>
            {!deployment && (
              <OptionSelect
                label="Which"
                any="All"
                options={COUNTED[list].map(value => ({
                  value,
                  label: COUNTED_WORDS[list][value],
                }))}
                value={counted}
                onChange={value => onQuery({ counted: value })}
              />
            )}
            {deployment && (
              <Button
                variant="tertiary"
                onPress={() => onQuery({ deployment: undefined })}
              >
                All of the time, not only those of one deployment
              </Button>
            )}
            {within && (
              <Button
                variant="tertiary"
                onPress={() => onQuery({ since: undefined, until: undefined })}
              >
                All of the time, not only{' '}
                {`${when(within.from, timeZone)} to ${when(
                  within.to,
                  timeZone,
                )}`}
              </Button>
            )}
          </div>
          <EventsTable
            key={list}
            list={list}
            asked={asked}
            query={asksFor}
            named={named}
          />
        </Flex>
      </SectionCard>
    </div>
  );
};
