import { Cell, ColumnConfig, Link, Text } from '@backstage/ui';
import { count, durationWords } from '../../format';
import { when } from '../../time';
import { KIND_WORDS } from '../../words';
import { EntityName } from '../shared/EntityName';
import { OutLink } from '../shared/OutLink';
import { List } from './eventsQuery';
import { ItemOf } from './useList';
import {
  changeCommit,
  failureWords,
  LINK_WORDS,
  resultWords,
  stageWords,
} from './eventWords';
import shared from '../shared/shared.module.css';

export interface ColumnOptions {
  timeZone: string;
  /** Whether components are named: on their own page they are not. */
  named: boolean;
  /** Whether there is room for all columns. */
  wide: boolean;
  commitUrl: (entityRef: string, sha: string) => string | undefined;
  /** Where the changes of a deployment are listed. */
  changesHref: (deployment: string) => string;
}

const SHORT_SHA = 7;

const Note = ({ words }: { words: (string | false | undefined)[] }) => {
  const said = words.filter(Boolean);
  return said.length > 0 ? (
    <span className={shared.note}>{said.join(', ')}</span>
  ) : null;
};

const Time = (props: { at: string; timeZone: string }) => (
  <time dateTime={props.at}>{when(props.at, props.timeZone)}</time>
);

const deployments = (
  options: ColumnOptions,
): ColumnConfig<ItemOf<'deployments'>>[] => {
  const { timeZone, named, wide, commitUrl, changesHref } = options;
  const Commit = ({ item }: { item: ItemOf<'deployments'> }) =>
    item.sha ? (
      <OutLink href={commitUrl(item.entityRef, item.sha)}>
        <code>{item.sha.slice(0, SHORT_SHA)}</code>
      </OutLink>
    ) : (
      <Text color="secondary">Not known</Text>
    );
  const Changes = ({ item }: { item: ItemOf<'deployments'> }) =>
    item.changes > 0 ? (
      <Link href={changesHref(item.id)}>{count(item.changes, 'change')}</Link>
    ) : (
      <Text color="secondary">{item.production ? 'None' : 'Not counted'}</Text>
    );
  return [
    {
      id: 'at',
      label: 'Deployment',
      isRowHeader: true,
      cell: item => (
        <Cell>
          <OutLink href={item.url}>
            <Time at={item.finishedAt ?? item.startedAt} timeZone={timeZone} />
          </OutLink>
          <Note words={[item.environment, item.region]} />
          {!wide && (
            <span className={shared.note}>
              {named && (
                <>
                  <EntityName entityRef={item.entityRef} />{' '}
                </>
              )}
              <Commit item={item} /> <Changes item={item} />
            </span>
          )}
        </Cell>
      ),
    },
    {
      id: 'component',
      label: 'Component',
      isHidden: !wide || !named,
      cell: item => (
        <Cell>
          <EntityName entityRef={item.entityRef} />
        </Cell>
      ),
    },
    {
      id: 'outcome',
      label: 'Outcome',
      cell: item => (
        <Cell>
          {resultWords(item)}
          {item.kind !== 'planned' && (
            <>
              {' '}
              <b>{KIND_WORDS[item.kind]}</b>
            </>
          )}
          <Note words={[item.failure && failureWords(item.failure)]} />
          {item.failure?.incidents.map(({ id, title, url }) => (
            <span key={id} className={shared.note}>
              <OutLink href={url}>{title}</OutLink>
            </span>
          ))}
        </Cell>
      ),
    },
    {
      id: 'commit',
      label: 'Commit',
      isHidden: !wide,
      cell: item => (
        <Cell>
          <Commit item={item} />
        </Cell>
      ),
    },
    {
      id: 'changes',
      label: 'Changes',
      isHidden: !wide,
      cell: item => (
        <Cell>
          <Changes item={item} />
        </Cell>
      ),
    },
  ];
};

const changes = (options: ColumnOptions): ColumnConfig<ItemOf<'changes'>>[] => {
  const { timeZone, named, wide, commitUrl } = options;
  const commitOf = (item: ItemOf<'changes'>) =>
    changeCommit(item) ?? commitUrl(item.entityRef, item.mergeSha);
  return [
    {
      id: 'title',
      label: 'Change',
      isRowHeader: true,
      cell: item => (
        <Cell>
          <OutLink href={item.url ?? commitOf(item)}>
            {item.number === undefined
              ? item.title
              : `#${item.number} ${item.title}`}
          </OutLink>
          <Note words={[item.author, item.bot && 'bot', item.repository]} />
          {!wide && named && (
            <span className={shared.note}>
              <EntityName entityRef={item.entityRef} />
            </span>
          )}
        </Cell>
      ),
    },
    {
      id: 'component',
      label: 'Component',
      isHidden: !wide || !named,
      cell: item => (
        <Cell>
          <EntityName entityRef={item.entityRef} />
        </Cell>
      ),
    },
    {
      id: 'merged',
      label: 'Merged',
      isHidden: !wide,
      cell: item => (
        <Cell>
          <Time at={item.mergedAt} timeZone={timeZone} />
          <span className={shared.note}>
            <OutLink href={commitOf(item)}>
              <code>{item.mergeSha.slice(0, SHORT_SHA)}</code>
            </OutLink>
          </span>
        </Cell>
      ),
    },
    {
      id: 'deployed',
      label: 'In production',
      isHidden: !wide,
      cell: item => (
        <Cell>
          {item.deployedAt ? (
            <Time at={item.deployedAt} timeZone={timeZone} />
          ) : (
            'Not yet'
          )}
        </Cell>
      ),
    },
    {
      id: 'lead',
      label: 'Lead time',
      cell: item => (
        <Cell>
          {item.lead ? (
            <b>{durationWords(item.lead.total)}</b>
          ) : (
            <Text color="secondary">
              {item.clockFault ? 'A clock was wrong' : 'No data'}
            </Text>
          )}
          <Note words={stageWords(item)} />
        </Cell>
      ),
    },
  ];
};

const incidents = (
  options: ColumnOptions,
): ColumnConfig<ItemOf<'incidents'>>[] => {
  const { timeZone, named, wide } = options;
  return [
    {
      id: 'title',
      label: 'Incident',
      isRowHeader: true,
      cell: item => (
        <Cell>
          <OutLink href={item.url}>{item.title}</OutLink>
          <Note words={[item.severity]} />
          {!wide && named && (
            <span className={shared.note}>
              <EntityName entityRef={item.entityRef} />
            </span>
          )}
        </Cell>
      ),
    },
    {
      id: 'component',
      label: 'Component',
      isHidden: !wide || !named,
      cell: item => (
        <Cell>
          <EntityName entityRef={item.entityRef} />
        </Cell>
      ),
    },
    {
      id: 'began',
      label: 'Began',
      cell: item => (
        <Cell>
          <Time at={item.startedAt} timeZone={timeZone} />
          {!wide && <Note words={[item.resolvedAt ? undefined : 'Open']} />}
        </Cell>
      ),
    },
    {
      id: 'over',
      label: 'Over',
      isHidden: !wide,
      cell: item => (
        <Cell>
          {item.resolvedAt ? (
            <Time at={item.resolvedAt} timeZone={timeZone} />
          ) : (
            <b>Open</b>
          )}
        </Cell>
      ),
    },
    {
      id: 'cause',
      label: 'Cause',
      isHidden: !wide,
      cell: item => <Cell>{LINK_WORDS[item.linkedBy]}</Cell>,
    },
  ];
};

/** Columns of each list. */
export const COLUMNS_OF: {
  [L in List]: (options: ColumnOptions) => ColumnConfig<ItemOf<L>>[];
} = { deployments, changes, incidents };
