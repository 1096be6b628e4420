/** What went wrong with a pull request, and what helps. */
export type PullRequestProblem = {
  title: string;
  description: string;
  /** Asking once more may help. */
  mayHelpToRetry: boolean;
};

/** Says in words why no change can be shown, or no pull request opened. */
export function pullRequestProblem(
  error: Error,
  during: 'preview' | 'create',
): PullRequestProblem {
  const description = error.message;
  switch (error.name) {
    case 'NotAllowedError':
      return {
        title: 'You may not open a pull request for this component',
        description:
          'Members of the group that owns it and of the platform team may: ask one of them.',
        mayHelpToRetry: false,
      };
    case 'ConflictError':
      return {
        title:
          during === 'preview'
            ? 'No pull request can be offered'
            : 'The pull request was not opened',
        description,
        mayHelpToRetry: false,
      };
    case 'InputError':
      return {
        title: 'Something that you entered does not fit',
        description,
        mayHelpToRetry: false,
      };
    case 'ServiceUnavailableError':
      return {
        title: 'The Git host cannot be asked right now',
        description: `${description} Try again in a few minutes.`,
        mayHelpToRetry: true,
      };
    // What `fetch` throws without an answer.
    case 'TypeError':
      return {
        title: 'The portal did not answer',
        description: 'Check your connection, then try again.',
        mayHelpToRetry: true,
      };
    default:
      return {
        title:
          during === 'preview'
            ? 'The change could not be shown'
            : 'The pull request was not opened',
        description,
        mayHelpToRetry: true,
      };
  }
}
