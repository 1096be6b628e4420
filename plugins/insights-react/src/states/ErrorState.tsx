import { Alert, Button } from '@backstage/ui';

/** Props of {@link ErrorState}. */
export type ErrorStateProps = {
  /** What could not be shown, as the end of "… could not be loaded". */
  what: string;
  error: Error;
  /** Tries again; without it no button is offered. */
  onRetry?: () => void;
};

const isNotAllowed = (error: Error) =>
  error.name === 'NotAllowedError' ||
  ('statusCode' in error && error.statusCode === 403);

/**
 * Says what failed in words, with the message for whoever helps. A refusal is
 * told apart from a failure: trying again does not help there.
 */
export const ErrorState = ({ what, error, onRetry }: ErrorStateProps) => {
  if (isNotAllowed(error)) {
    return (
      <Alert
        status="info"
        icon
        title={`You may not see ${what}`}
        description="Ask the platform team if you need it."
      />
    );
  }
  return (
    <Alert
      status="danger"
      icon
      title={`Could not load ${what}`}
      description={error.message}
      customActions={
        onRetry && (
          <Button variant="secondary" onPress={onRetry}>
            Try again
          </Button>
        )
      }
    />
  );
};
