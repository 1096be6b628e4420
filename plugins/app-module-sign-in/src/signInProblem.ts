/** Why entering did not work, in words, and whether waiting may help. */
export type SignInProblem = {
  message: string;
  /** The reason is one that ends by itself. */
  transient: boolean;
  detail: string;
};

const statusOf = (error: Error) =>
  'statusCode' in error ? Number(error.statusCode) : undefined;

/** Explains an error of the sign-in request. */
export function explainSignInError(error: Error): SignInProblem {
  const status = statusOf(error);
  const detail = error.message;
  if (status === undefined || status >= 500) {
    return {
      message: 'The portal is still starting. It is asked again by itself.',
      transient: true,
      detail,
    };
  }
  if (status === 404) {
    return {
      message:
        'The catalog is still reading the people of the company. It is asked again by itself.',
      transient: true,
      detail,
    };
  }
  return {
    message: 'The portal did not let this person in.',
    transient: false,
    detail,
  };
}
