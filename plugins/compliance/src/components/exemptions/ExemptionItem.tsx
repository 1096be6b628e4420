import { Badge, Button, Flex, Link, Text } from '@backstage/ui';
import { Exemption, Rule } from '@waymark/backstage-plugin-compliance-common';
import { dayWords } from '@waymark/backstage-plugin-insights-react';
import { ago, when } from '../../time';
import { EXEMPTION_WORDS } from '../../words';
import { EntityName, EntityTitle } from '../shared/EntityName';
import { useLinks } from '../shared/useLinks';
import { Decision } from './DecisionDialog';
import { ExemptionEffect } from './ExemptionEffect';
import styles from './exemptions.module.css';

/** An exemption: of what, why, how long, and what it would change. */
export const ExemptionItem = (props: {
  exemption: Exemption;
  rules: ReadonlyMap<string, Rule>;
  mayDecide: boolean;
  /** Whether the reader owns the component. */
  mayEnd: boolean;
  /** Whether the reader has asked for it. */
  isMine: boolean;
  onDecide: (decision: Decision) => void;
}) => {
  const { exemption, rules, mayDecide, mayEnd, isMine, onDecide } = props;
  const { entityRef, rule, reason, until, state, comment } = exemption;
  const links = useLinks();
  return (
    <li className={styles.item}>
      <div className={styles.head}>
        <Text as="h3">
          <Link href={links.tab(entityRef, rule)} weight="bold">
            {rules.get(rule)?.title ?? rule}
          </Link>
        </Text>
        {state !== 'requested' && state !== 'approved' && (
          <Badge>{EXEMPTION_WORDS[state]}</Badge>
        )}
      </div>
      <Text as="p">
        <EntityName entityRef={entityRef} />, up to and including{' '}
        <time dateTime={until}>{dayWords(until)}</time>
      </Text>
      <p className={styles.reason}>{reason}</p>
      <Text as="p" variant="body-small" color="secondary">
        Asked for by <EntityTitle entityRef={exemption.requestedBy} />{' '}
        <time
          dateTime={exemption.requestedAt}
          title={when(exemption.requestedAt)}
        >
          {ago(exemption.requestedAt)}
        </time>
        {exemption.decidedBy && exemption.decidedAt && (
          <>
            . Decided by <EntityTitle entityRef={exemption.decidedBy} />{' '}
            <time
              dateTime={exemption.decidedAt}
              title={when(exemption.decidedAt)}
            >
              {ago(exemption.decidedAt)}
            </time>
            {comment && `: ${comment}`}
          </>
        )}
      </Text>
      {state === 'requested' && (
        <ExemptionEffect
          entityRef={entityRef}
          ruleId={rule}
          rules={[...rules.values()]}
        />
      )}
      {mayDecide && state === 'requested' && (
        <Flex gap="2" align="center" style={{ flexWrap: 'wrap' }}>
          {isMine ? (
            <Text color="secondary">
              Somebody else has to approve your own request.
            </Text>
          ) : (
            <Button variant="primary" onPress={() => onDecide('approve')}>
              Approve
            </Button>
          )}
          <Button variant="secondary" onPress={() => onDecide('deny')}>
            Deny
          </Button>
        </Flex>
      )}
      {(mayDecide || mayEnd) && state === 'approved' && (
        <Flex>
          <Button variant="secondary" onPress={() => onDecide('end')}>
            End it now
          </Button>
        </Flex>
      )}
    </li>
  );
};
