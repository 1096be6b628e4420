import { Helmet } from 'react-helmet';
import useAsyncRetry from 'react-use/esm/useAsyncRetry';
import {
  configApiRef,
  identityApiRef,
  useApi,
} from '@backstage/frontend-plugin-api';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { Text } from '@backstage/ui';
import { loadMe } from '../data/me';
import { GetHelpCard } from './GetHelpCard';
import { GoldenPathsCard } from './GoldenPathsCard';
import { HomeSearch } from './HomeSearch';
import { MyServicesCard } from './MyServicesCard';
import { RecentChangesCard } from './RecentChangesCard';
import styles from './HomePage.module.css';

/** Greeting, search and the four cards. */
export const HomePage = () => {
  const identityApi = useApi(identityApiRef);
  const catalogApi = useApi(catalogApiRef);
  const appTitle = useApi(configApiRef).getOptionalString('app.title');
  const me = useAsyncRetry(
    () => loadMe(identityApi, catalogApi),
    [identityApi, catalogApi],
  );
  const givenName = me.value?.givenName;

  return (
    <main className={styles.page}>
      <Helmet title={appTitle ? `Home | ${appTitle}` : 'Home'} />
      <Text as="h1" variant="title-medium" weight="bold">
        {givenName ? `Hello, ${givenName}` : 'Hello'}
      </Text>
      <div className={styles.search}>
        <HomeSearch />
      </div>
      <div className={styles.columns}>
        <div className={styles.column}>
          <MyServicesCard me={me} onRetry={me.retry} />
          <RecentChangesCard />
        </div>
        <div className={styles.column}>
          <GoldenPathsCard />
          <GetHelpCard />
        </div>
      </div>
    </main>
  );
};
