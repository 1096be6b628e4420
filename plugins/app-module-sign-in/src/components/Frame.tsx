import { ReactNode } from 'react';
import { Helmet } from 'react-helmet';
import { configApiRef, useApi } from '@backstage/frontend-plugin-api';
import { LogoIcon } from '@waymark/backstage-plugin-insights-react';
import styles from './SignInPage.module.css';

/** What stands around every state of the sign-in page. */
export const Frame = ({ children }: { children: ReactNode }) => {
  const appTitle = useApi(configApiRef).getString('app.title');
  return (
    <div className={styles.page}>
      <Helmet title={`Sign in | ${appTitle}`} />
      <header className={styles.banner}>
        <LogoIcon />
        {appTitle}
      </header>
      <main className={styles.content}>{children}</main>
    </div>
  );
};
