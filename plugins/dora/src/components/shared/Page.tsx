import { ReactNode } from 'react';
import { BasicPermission } from '@backstage/plugin-permission-common';
import { usePermission } from '@backstage/plugin-permission-react';
import { Container, Header } from '@backstage/ui';
import { doraReadPermission } from '@waymark/backstage-plugin-dora-common';
import {
  ErrorState,
  LoadingState,
} from '@waymark/backstage-plugin-insights-react';
import { SampleNotice } from './SampleNotice';
import styles from './shared.module.css';

const REFUSAL = Object.assign(new Error('Not allowed'), {
  name: 'NotAllowedError',
});

/** Shows it to those who may see it, and tells others that they may not. */
export const Gate = (props: {
  /** @defaultValue to see delivery metrics */
  permission?: BasicPermission;
  /** @defaultValue 'delivery metrics' */
  what?: string;
  children: ReactNode;
}) => {
  const { permission = doraReadPermission, what = 'delivery metrics' } = props;
  const { children } = props;
  const { loading, allowed, error } = usePermission({ permission });
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
        <Gate>
          <SampleNotice />
          {props.children}
        </Gate>
      </div>
    </Container>
  </>
);
