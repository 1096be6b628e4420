import { Button, Text } from '@backstage/ui';
import { RiGitPullRequestLine } from '@remixicon/react';
import { OpenedFix, Rule } from '@waymark/backstage-plugin-compliance-common';
import { PullRequestLink } from '@waymark/backstage-plugin-insights-react';
import { ago, when } from '../../time';
import { EntityTitle } from '../shared/EntityName';
import styles from './fixes.module.css';

/** The pull request that mends a rule, or the button that opens one. */
export const FixOffer = (props: {
  rule: Rule;
  fix?: OpenedFix;
  /** Shows what one would change; without it nobody may. */
  onOffer?: () => void;
}) => {
  const { rule, fix, onOffer } = props;
  return (
    <div className={styles.offer}>
      {fix && (
        <p className={styles.state}>
          <RiGitPullRequestLine aria-hidden />
          <span>
            <PullRequestLink url={fix.pullRequestUrl} />
            {fix.state === 'merged' ? (
              ' is merged. The rule is being checked again.'
            ) : (
              <>
                {' is open, asked for by '}
                <EntityTitle entityRef={fix.requestedBy} />{' '}
                <time dateTime={fix.requestedAt} title={when(fix.requestedAt)}>
                  {ago(fix.requestedAt)}
                </time>
                .{' '}
                <Text color="secondary">
                  This page updates when it is merged.
                </Text>
              </>
            )}
          </span>
        </p>
      )}
      {onOffer && fix?.state !== 'merged' && (
        <Button
          variant="secondary"
          onPress={onOffer}
          aria-label={`${
            fix ? 'Update the pull request' : 'Open a pull request'
          }: ${rule.title}`}
        >
          {fix ? 'Update the pull request' : 'Open a pull request'}
        </Button>
      )}
    </div>
  );
};
