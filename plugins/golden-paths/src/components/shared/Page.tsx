import { ReactNode } from 'react';
import { usePermission } from '@backstage/plugin-permission-react';
import { Container, Header } from '@backstage/ui';
import { goldenPathsReadPermission } from '@waymark/backstage-plugin-golden-paths-common';
import {
  ErrorState,
  LoadingState,
} from '@waymark/backstage-plugin-insights-react';
import styles from './shared.module.css';

const WHAT = 'what golden paths made';
const REFUSAL = Object.assign(new Error('Not allowed'), {
  name: 'NotAllowedError',
});

/** Shows it to those who may see it, and tells others that they may not. */
export const Gate = ({ children }: { children: ReactNode }) => {
  const { loading, allowed, error } = usePermission({
    permission: goldenPathsReadPermission,
  });
  if (loading) return <LoadingState what={WHAT} />;
  if (error) return <ErrorState what={WHAT} error={error} />;
  return allowed ? <>{children}</> : <ErrorState what={WHAT} error={REFUSAL} />;
};

/** A page below the tabs of golden paths. */
export const Page = (props: { title: string; children: ReactNode }) => (
  <>
    <Header title={props.title} />
    <Container>
      <div className={styles.page}>
        <Gate>{props.children}</Gate>
      </div>
    </Container>
  </>
);
