import { useEffect, useRef } from 'react';
import { Alert, Button } from '@backstage/ui';
import { pullRequestProblem } from './pullRequestProblem';

/** What {@link PullRequestRefused} shows. */
export interface PullRequestRefusedProps {
  error: Error;
  during: 'preview' | 'create';
  onRetry: () => void;
}

/** Why there is no change to show, or no pull request was opened. */
export const PullRequestRefused = (props: PullRequestRefusedProps) => {
  const { error, during, onRetry } = props;
  const { title, description, mayHelpToRetry } = pullRequestProblem(
    error,
    during,
  );
  const place = useRef<HTMLDivElement>(null);
  // Whoever reads the last line of the change would not see it come.
  useEffect(() => place.current?.scrollIntoView?.(), [error]);
  return (
    <div role="alert" ref={place}>
      <Alert
        status="danger"
        icon
        title={title}
        description={description}
        customActions={
          mayHelpToRetry && (
            <Button variant="secondary" onPress={onRetry}>
              Try again
            </Button>
          )
        }
      />
    </div>
  );
};
