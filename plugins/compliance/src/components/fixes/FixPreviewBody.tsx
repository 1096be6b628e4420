import { MarkdownContent } from '@backstage/core-components';
import { Alert, Text } from '@backstage/ui';
import { FixPreview } from '@waymark/backstage-plugin-compliance-common';
import { PullRequestLink } from '@waymark/backstage-plugin-insights-react';
import { count } from '../../words';
import { FileChange } from './FileChange';
import styles from './fixes.module.css';

const Outlook = ({ passes, remaining = [] }: FixPreview) =>
  passes ? (
    <Alert
      status="success"
      icon
      title="The rule will pass"
      description="It was checked against the changed files. The score updates by itself when the pull request is merged."
    />
  ) : (
    <Alert
      status="warning"
      icon
      title="The rule will not pass with this alone"
      description={
        <>
          This is left to do by hand:
          <ul className={styles.remaining}>
            {remaining.map(line => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        </>
      }
    />
  );

/** What the pull request would change and say. */
export const FixPreviewBody = ({ preview }: { preview: FixPreview }) => (
  <>
    <Outlook {...preview} />
    {preview.pullRequestUrl && (
      <Text as="p">
        <PullRequestLink url={preview.pullRequestUrl} /> is open already. It is
        updated to this, unless somebody has added commits to it.
      </Text>
    )}
    <div>
      <h3 className={styles.heading}>
        {count(preview.files.length, 'changed file')}
      </h3>
      <div className={styles.files}>
        {preview.files.map(file => (
          <FileChange key={file.path} file={file} />
        ))}
      </div>
    </div>
    <div>
      <h3 className={styles.heading}>What it says</h3>
      <div className={styles.text}>
        <Text as="p" weight="bold">
          {preview.title}
        </Text>
        <MarkdownContent content={preview.description} />
      </div>
    </div>
  </>
);
