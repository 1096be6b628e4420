import { useEffect, useRef, useState } from 'react';
import { useLocation } from 'react-router-dom';
import useAsyncRetry from 'react-use/esm/useAsyncRetry';
import { useApi } from '@backstage/frontend-plugin-api';
import { Alert, Button, Link, Text } from '@backstage/ui';
import { RiDownloadLine } from '@remixicon/react';
import {
  CampaignPage,
  RuleInForce,
} from '@waymark/backstage-plugin-compliance-common';
import {
  AsyncContent,
  downloadCsv,
  EmptyState,
  OptionSelect,
  SectionCard,
  useQuery,
} from '@waymark/backstage-plugin-insights-react';
import { complianceApiRef } from '../../api/ComplianceApi';
import { dayOf } from '../../time';
import { NO_GROUP, NONE } from '../company/componentQuery';
import { EntityTitle } from '../shared/EntityName';
import { useLinks } from '../shared/useLinks';
import { allLeft, campaignCsv, Left } from './campaignCsv';
import { LEFT_ID } from './CampaignTables';
import shared from '../shared/shared.module.css';
import styles from './campaigns.module.css';

const PAGE_SIZE = 25;

type Rules = ReadonlyMap<string, RuleInForce>;

const Item = ({ item, rules }: { item: Left; rules: Rules }) => {
  const links = useLinks();
  const open = [
    ...item.failing.map(rule => ({ rule, note: '' })),
    ...item.unknown.map(rule => ({ rule, note: ' (unknown)' })),
  ];
  return (
    <li>
      <Link href={links.tab(item.entityRef)} weight="bold">
        {item.title}
      </Link>{' '}
      <Text color="secondary" variant="body-small">
        {item.owner ? <EntityTitle entityRef={item.owner} /> : NO_GROUP.owner}
        {`, ${item.pairsDone} of ${item.pairs} done`}
      </Text>
      <ul className={styles.rulesOf} aria-label={`Left for ${item.title}`}>
        {open.map(({ rule, note }) => (
          <li key={rule}>
            <Link href={links.tab(item.entityRef, rule)} variant="body-small">
              {rules.get(rule)?.title ?? rule}
            </Link>
            {note}
          </li>
        ))}
      </ul>
    </li>
  );
};

/** The components that have something left to do, most to do first. */
export const CampaignComponents = (props: {
  page: CampaignPage;
  rules: Rules;
}) => {
  const { page, rules } = props;
  const { id } = page.campaign;
  const api = useApi(complianceApiRef);
  const [query, setQuery] = useQuery();
  const number = Math.max(1, Math.floor(Number(query.page)) || 1);
  const offset = (number - 1) * PAGE_SIZE;
  const asked = {
    open: true,
    owner: query.owner === NONE ? '' : query.owner,
  };
  const state = useAsyncRetry(
    () => api.getCampaignComponents(id, { ...asked, limit: PAGE_SIZE, offset }),
    // Read anew with the rest of the page.
    [api, page, asked.owner, offset],
  );
  const [csvError, setCsvError] = useState<Error>();
  const toPage = (next: number) =>
    setQuery({ page: next > 1 ? String(next) : undefined });

  // An owner of the table above leads down to what it has left.
  const { hash, key } = useLocation();
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (hash === `#${LEFT_ID}`) list.current?.scrollIntoView();
  }, [hash, key]);

  const save = async () => {
    setCsvError(undefined);
    try {
      const components = await allLeft(api, id, asked);
      downloadCsv(
        `campaign-${dayOf(new Date())}.csv`,
        campaignCsv(components, rules),
      );
    } catch (error) {
      setCsvError(error as Error);
    }
  };

  return (
    <div id={LEFT_ID} ref={list}>
      <SectionCard
        title="What is left"
        action={
          <Button
            variant="secondary"
            iconStart={<RiDownloadLine aria-hidden />}
            isDisabled={!state.value?.total}
            onPress={save}
          >
            CSV
          </Button>
        }
      >
        <div className={styles.filters} role="search" aria-label="Components">
          <OptionSelect
            label="Owner"
            any="All owners"
            search
            options={page.owners.map(({ owner, title }) => ({
              value: owner || NONE,
              label: owner ? title : NO_GROUP.owner,
            }))}
            value={query.owner}
            onChange={owner => setQuery({ owner, page: undefined })}
          />
        </div>
        {csvError && (
          <Alert
            status="danger"
            icon
            title="There is no file"
            description={csvError.message}
            mb="4"
          />
        )}
        <AsyncContent state={state} what="the components" onRetry={state.retry}>
          {({ items, total }) =>
            items.length === 0 ? (
              <EmptyState
                title={
                  total === 0 ? 'Nothing is left to do' : 'This page is empty'
                }
                action={
                  total > 0 && (
                    <Button variant="secondary" onPress={() => toPage(1)}>
                      First page
                    </Button>
                  )
                }
              />
            ) : (
              <>
                <ul className={shared.list} aria-busy={state.loading}>
                  {items.map(item => (
                    <Item key={item.entityRef} item={item} rules={rules} />
                  ))}
                </ul>
                {total > PAGE_SIZE && (
                  <div className={styles.more}>
                    <Text color="secondary">
                      {`${offset + 1} to ${offset + items.length} of ${total}`}
                    </Text>
                    <div className={styles.actions}>
                      <Button
                        variant="secondary"
                        isDisabled={number === 1}
                        onPress={() => toPage(number - 1)}
                      >
                        Previous
                      </Button>
                      <Button
                        variant="secondary"
                        isDisabled={offset + items.length >= total}
                        onPress={() => toPage(number + 1)}
                      >
                        Next
                      </Button>
                    </div>
                  </div>
                )}
              </>
            )
          }
        </AsyncContent>
      </SectionCard>
    </div>
  );
};
