import useAsyncRetry from 'react-use/esm/useAsyncRetry';
import { useApi, useRouteRef } from '@backstage/frontend-plugin-api';
import { notificationsApiRef } from '@backstage/plugin-notifications';
import { scaffolderApiRef } from '@backstage/plugin-scaffolder-react';
import { Link, Text } from '@backstage/ui';
import {
  AsyncContent,
  EmptyState,
  SectionCard,
} from '@waymark/backstage-plugin-insights-react';
import { RecentChange, recentChanges } from '../data/recentChanges';
import { taskRouteRef } from '../routes';
import styles from './HomePage.module.css';

const SHOWN = 6;

const WHEN = new Intl.DateTimeFormat(undefined, {
  dateStyle: 'medium',
  timeStyle: 'short',
});

const ChangeRow = ({ change }: { change: RecentChange }) => {
  const taskLink = useRouteRef(taskRouteRef);
  const { target, text, outcome, at } = change;
  let href: string | undefined;
  if (target && 'taskId' in target) href = taskLink?.(target);
  else href = target?.link;
  return (
    <li>
      <div className={styles.row}>
        <div className={styles.rowText}>
          {href ? <Link href={href}>{text}</Link> : <Text>{text}</Text>}
          {outcome && <Text color="secondary"> · {outcome}</Text>}
        </div>
        <Text variant="body-small" color="secondary">
          <time dateTime={at.toISOString()}>{WHEN.format(at)}</time>
        </Text>
      </div>
    </li>
  );
};

/** What was made from golden paths, and what the portal told the person. */
export const RecentChangesCard = () => {
  const scaffolderApi = useApi(scaffolderApiRef);
  const notificationsApi = useApi(notificationsApiRef);
  const state = useAsyncRetry(async () => {
    const [made, told] = await Promise.all([
      scaffolderApi.listTasks?.({ filterByOwnership: 'all', limit: SHOWN }),
      notificationsApi.getNotifications({
        limit: SHOWN,
        sort: 'created',
        sortOrder: 'desc',
      }),
    ]);
    return recentChanges(made?.tasks ?? [], told.notifications, SHOWN);
  }, [scaffolderApi, notificationsApi]);
  return (
    <SectionCard title="What changed lately">
      <AsyncContent state={state} what="what changed" onRetry={state.retry}>
        {changes =>
          changes.length > 0 ? (
            <ul className={styles.list}>
              {changes.map(change => (
                <ChangeRow key={change.id} change={change} />
              ))}
            </ul>
          ) : (
            <EmptyState title="Nothing yet">
              What you make from a golden path and what the portal tells you
              appears here.
            </EmptyState>
          )
        }
      </AsyncContent>
    </SectionCard>
  );
};
