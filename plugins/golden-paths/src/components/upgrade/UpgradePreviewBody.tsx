import { MarkdownContent } from '@backstage/core-components';
import { Alert, Text } from '@backstage/ui';
import { UpgradePreview } from '@waymark/backstage-plugin-golden-paths-common';
import { PullRequestLink } from '@waymark/backstage-plugin-insights-react';
import { count } from '../../words';
import shared from '../shared/shared.module.css';

const Outlook = ({ conflicts }: UpgradePreview) =>
  conflicts.length === 0 ? (
    <Alert
      status="success"
      icon
      title="Everything can be merged"
      description="What the golden path has changed does not touch what you have changed."
    />
  ) : (
    <Alert
      status="warning"
      icon
      title={`Somebody has to decide on ${count(conflicts.length, 'file')}`}
      description="Both of you changed them. The pull request has both sides; nothing was guessed."
    />
  );

/** What the pull request would change and say. */
export const UpgradePreviewBody = ({
  preview,
}: {
  preview: UpgradePreview;
}) => (
  <>
    <Outlook {...preview} />
    {preview.pullRequestUrl && (
      <Text as="p">
        <PullRequestLink url={preview.pullRequestUrl} /> is open already. It is
        updated to this, unless somebody has added commits to it.
      </Text>
    )}
    <div className={shared.text}>
      <MarkdownContent content={preview.description} />
    </div>
  </>
);
