import { parseEntityRef } from '@backstage/catalog-model';
import useAsyncRetry from 'react-use/esm/useAsyncRetry';
import {
  discoveryApiRef,
  fetchApiRef,
  useApi,
  useRouteRef,
} from '@backstage/frontend-plugin-api';
import { notificationsApiRef } from '@backstage/plugin-notifications';
import { scaffolderApiRef } from '@backstage/plugin-scaffolder-react';
import { Link, Text } from '@backstage/ui';
import {
  AsyncContent,
  EmptyState,
  SectionCard,
} from '@waymark/backstage-plugin-insights-react';
import { loadCommits } from '../data/commits';
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
  const { target, text, remark, at } = change;
  let href: string | undefined;
  if (target && 'taskId' in target) href = taskLink?.(target);
  else href = target?.link;
  return (
    <li>
      <div className={styles.row}>
        <div className={styles.rowText}>
          {href ? <Link href={href}>{text}</Link> : <Text>{text}</Text>}
          {remark && <Text color="secondary"> · {remark}</Text>}
        </div>
        <Text variant="body-small" color="secondary">
          <time dateTime={at.toISOString()}>{WHEN.format(at)}</time>
        </Text>
      </div>
    </li>
  );
};

/**
 * Commits in one's own services, what was made from golden paths, and what the
 * portal told the person.
 */
export const RecentChangesCard = () => {
  const scaffolderApi = useApi(scaffolderApiRef);
  const notificationsApi = useApi(notificationsApiRef);
  const discoveryApi = useApi(discoveryApiRef);
  const fetchApi = useApi(fetchApiRef);
  const state = useAsyncRetry(async () => {
    const [{ commits, unreadable }, made, told] = await Promise.all([
      loadCommits(discoveryApi, fetchApi, SHOWN),
      scaffolderApi.listTasks?.({ filterByOwnership: 'all', limit: SHOWN }),
      notificationsApi.getNotifications({
        limit: SHOWN,
        sort: 'created',
        sortOrder: 'desc',
      }),
    ]);
    const changes = recentChanges(
      {
        commits,
        tasks: made?.tasks ?? [],
        notifications: told.notifications,
      },
      SHOWN,
    );
    return { changes, unreadable };
  }, [discoveryApi, fetchApi, scaffolderApi, notificationsApi]);
  return (
    <SectionCard title="What changed lately">
      <AsyncContent state={state} what="what changed" onRetry={state.retry}>
        {({ changes, unreadable }) => (
          <>
            {changes.length > 0 ? (
              <ul className={styles.list}>
                {changes.map(change => (
                  <ChangeRow key={change.id} change={change} />
                ))}
              </ul>
            ) : (
              <EmptyState title="Nothing yet">
                Commits in your services, what you make from a golden path and
                what the portal tells you appears here.
              </EmptyState>
            )}
            {unreadable.length > 0 && (
              <Text variant="body-small" color="secondary">
                {`Without the commits of ${unreadable
                  .map(ref => parseEntityRef(ref).name)
                  .join(', ')}: their repositories could not be read.`}
              </Text>
            )}
          </>
        )}
      </AsyncContent>
    </SectionCard>
  );
};
