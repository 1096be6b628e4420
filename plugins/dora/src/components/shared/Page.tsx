import { ReactNode } from 'react';
import { usePermission } from '@backstage/plugin-permission-react';
import { Container, Header } from '@backstage/ui';
import { doraReadPermission } from '@waymark/backstage-plugin-dora-common';
import {
  ErrorState,
  LoadingState,
} from '@waymark/backstage-plugin-insights-react';
import styles from './shared.module.css';

const REFUSAL = Object.assign(new Error('Not allowed'), {
  name: 'NotAllowedError',
});

/** Shows it to those who may see delivery metrics, and tells others that they may not. */
export const Gate = ({ children }: { children: ReactNode }) => {
  const { loading, allowed, error } = usePermission({
    permission: doraReadPermission,
  });
  const what = 'delivery metrics';
  if (loading) return <LoadingState what={what} />;
  if (error) return <ErrorState what={what} error={error} />;
  return allowed ? <>{children}</> : <ErrorState what={what} error={REFUSAL} />;
};

/** A page below the tabs of Delivery. */
export const Page = (props: {
  title: string;
  /** Buttons beside the title. */
  actions?: ReactNode;
  children: ReactNode;
}) => (
  <>
    <Header title={props.title} customActions={props.actions} />
    <Container>
      <div className={styles.page}>
        <Gate>{props.children}</Gate>
      </div>
    </Container>
  </>
);
