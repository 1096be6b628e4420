import { useState } from 'react';
import useAsyncFn from 'react-use/esm/useAsyncFn';
import { useApi } from '@backstage/frontend-plugin-api';
import { Button, Text, TextField } from '@backstage/ui';
import { ReachAnswer } from '@waymark/backstage-plugin-golden-paths-common';
import {
  ErrorState,
  LoadingState,
  SectionCard,
  useQuery,
} from '@waymark/backstage-plugin-insights-react';
import { insightsApiRef } from '../../api/InsightsApi';
import { count } from '../../words';
import { EntityName } from '../shared/EntityName';
import shared from '../shared/shared.module.css';

const KIND_WORDS: Record<ReachAnswer['files'][number]['kind'], string> = {
  added: 'new',
  changed: 'changed',
  removed: 'removed',
};

const Item = ({ item }: { item: ReachAnswer['items'][number] }) => (
  <li>
    <EntityName
      entityRef={item.entityRef}
      {...(item.title && { title: item.title })}
    />
    <div>
      {item.result === 'reached' && count(item.changes.length, 'file')}
      {item.result === 'unchanged' && 'Stays as it is'}
      {item.result === 'blocked' && (
        <>
          Cannot be rendered
          <span className={shared.note}>{item.why}</span>
        </>
      )}
    </div>
  </li>
);

const Reached = ({ answer }: { answer: ReachAnswer }) => {
  const { services, looked, reached, unchanged, blocked, files } = answer;
  return (
    <div className={shared.column}>
      <Text as="p">
        {`Of ${count(services, 'service')}${
          looked < services ? `, ${looked} were looked at` : ''
        }: `}
        <b>{`${reached} would get changed files`}</b>
        {`, ${unchanged} would stay as they are, ${blocked} cannot be rendered.`}
      </Text>
      {files.length > 0 && (
        <ul className={shared.list} aria-label="Files">
          {files.map(({ path, kind, services: n }) => (
            <li key={`${kind} ${path}`}>
              <code>{path}</code>
              <span>{`${KIND_WORDS[kind]} in ${count(n, 'service')}`}</span>
            </li>
          ))}
        </ul>
      )}
      <ul className={shared.list} aria-label="Services looked at">
        {answer.items.map(item => (
          <Item key={item.entityRef} item={item} />
        ))}
      </ul>
      <Text as="p" color="secondary">
        {`Each was rendered with its recorded answers, by the template at ${answer.base.commit.slice(
          0,
          7,
        )} and at ${answer.head.commit.slice(
          0,
          7,
        )}. What owners changed since is not looked at: an upgrade merges it.`}
      </Text>
    </div>
  );
};

/** What a pull request of the template would change in services. */
export const ReachSection = ({ templateRef }: { templateRef: string }) => {
  const api = useApi(insightsApiRef);
  const [query, onQuery] = useQuery();
  const [text, setText] = useState(query.pull ?? '');
  const [state, look] = useAsyncFn(
    (pullRequest: number) => api.getReach(templateRef, pullRequest),
    [api, templateRef],
  );
  const number = /^#?[1-9]\d{0,8}$/.test(text.trim())
    ? Number(text.trim().replace('#', ''))
    : undefined;
  return (
    <SectionCard title="What a pull request would reach">
      <div className={shared.column}>
        <Text as="p" color="secondary">
          Give the number of a pull request that changes this template, and see
          what it would change in the services that were made from it.
        </Text>
        <form
          className={shared.filters}
          onSubmit={event => {
            event.preventDefault();
            if (number === undefined) return;
            onQuery({ pull: String(number) });
            look(number);
          }}
        >
          <TextField
            label="Pull request"
            placeholder="12"
            value={text}
            onChange={setText}
          />
          <Button
            type="submit"
            variant="secondary"
            isDisabled={number === undefined || state.loading}
          >
            Look
          </Button>
        </form>
        {state.loading && <LoadingState what="what it would reach" />}
        {state.error && (
          <ErrorState what="what it would reach" error={state.error} />
        )}
        {!state.loading && state.value && <Reached answer={state.value} />}
      </div>
    </SectionCard>
  );
};
