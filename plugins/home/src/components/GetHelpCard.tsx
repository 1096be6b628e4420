import useAsyncRetry from 'react-use/esm/useAsyncRetry';
import { GroupEntity } from '@backstage/catalog-model';
import {
  configApiRef,
  useApi,
  useRouteRef,
} from '@backstage/frontend-plugin-api';
import {
  catalogApiRef,
  useEntityRefLink,
} from '@backstage/plugin-catalog-react';
import { Link, Text } from '@backstage/ui';
import {
  AsyncContent,
  EmptyState,
  SectionCard,
} from '@waymark/backstage-plugin-insights-react';
import { docsRouteRef } from '../routes';
import styles from './HomePage.module.css';

const Team = ({ team }: { team: GroupEntity }) => {
  const entityLink = useEntityRefLink();
  const docsLink = useRouteRef(docsRouteRef);
  const email = team.spec.profile?.email;
  return (
    <ul className={styles.list}>
      <li>
        <Link href={entityLink(team)} weight="bold" standalone>
          {team.spec.profile?.displayName ?? team.metadata.name}
        </Link>
        {team.metadata.description && (
          <Text as="p" variant="body-small" color="secondary">
            {team.metadata.description}
          </Text>
        )}
      </li>
      {(team.metadata.links ?? []).map(link => (
        <li key={link.url}>
          <Link href={link.url} target="_blank">
            {link.title ?? link.url}
          </Link>
        </li>
      ))}
      {email && (
        <li>
          <Link href={`mailto:${email}`}>{email}</Link>
        </li>
      )}
      {docsLink && (
        <li>
          <Link href={docsLink()}>Documentation</Link>
        </li>
      )}
    </ul>
  );
};

/** How to reach the people who run the platform. */
export const GetHelpCard = () => {
  const catalogApi = useApi(catalogApiRef);
  const teamRef =
    useApi(configApiRef).getOptionalString('waymark.platformTeam') ??
    'group:default/platform-engineering';
  const state = useAsyncRetry(
    async () => ({
      team: (await catalogApi.getEntityByRef(teamRef)) as
        | GroupEntity
        | undefined,
    }),
    [catalogApi, teamRef],
  );
  return (
    <SectionCard title="Get help">
      <AsyncContent
        state={state}
        what="the platform team"
        onRetry={state.retry}
      >
        {({ team }) =>
          team ? (
            <Team team={team} />
          ) : (
            <EmptyState title="No platform team in the catalog">
              waymark.platformTeam in the configuration names {teamRef}.
            </EmptyState>
          )
        }
      </AsyncContent>
    </SectionCard>
  );
};
