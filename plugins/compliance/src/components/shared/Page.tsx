import { ReactNode } from 'react';
import { Container, Header } from '@backstage/ui';
import styles from './shared.module.css';

/** A page below the tabs of Compliance. */
export const Page = (props: {
  title: string;
  /** Buttons beside the title. */
  actions?: ReactNode;
  children: ReactNode;
}) => (
  <>
    <Header title={props.title} customActions={props.actions} />
    <Container>
      <div className={styles.page}>{props.children}</div>
    </Container>
  </>
);
