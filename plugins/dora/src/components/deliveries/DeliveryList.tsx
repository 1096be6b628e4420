import { ReactNode } from 'react';
import { Text } from '@backstage/ui';
import { Delivery, DeliveryState } from '../../api/deliveries';
import { ago, ownTimeZone, when } from '../../time';
import styles from './deliveries.module.css';

export const STATE_WORDS: Record<DeliveryState, string> = {
  waiting: 'Waiting to be read',
  done: 'Read',
  ignored: 'Says nothing that counts',
  quarantined: 'Could not be read',
};

const outcomeWords = ({ state, reason }: Delivery) =>
  [STATE_WORDS[state], reason].filter(Boolean).join(': ');

/** Deliveries with what came of each, and what can be done about it. */
export const DeliveryList = (props: {
  deliveries: readonly Delivery[];
  action?: (delivery: Delivery) => ReactNode;
}) => (
  <ul className={styles.list} aria-label="Deliveries">
    {props.deliveries.map(delivery => (
      <li key={delivery.id}>
        <div>
          <Text as="p">
            <b>{delivery.source}</b> {delivery.event}{' '}
            <Text color="secondary" variant="body-small">
              <time
                dateTime={delivery.receivedAt}
                title={when(delivery.receivedAt, ownTimeZone())}
              >
                {ago(delivery.receivedAt)}
              </time>
            </Text>
          </Text>
          <Text
            as="p"
            variant="body-small"
            color={delivery.state === 'quarantined' ? 'danger' : 'secondary'}
          >
            {outcomeWords(delivery)}
          </Text>
        </div>
        {props.action?.(delivery)}
      </li>
    ))}
  </ul>
);
