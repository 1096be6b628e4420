/**
 * A problem the person at the terminal can do something about: shown as it is,
 * without a stack.
 */
export class StartError extends Error {
  constructor(message: string, readonly advice: string) {
    super(message);
    this.name = 'StartError';
  }
}

/** Turns a full disk or a forbidden folder into words. */
export function explain(error: unknown): StartError | undefined {
  if (error instanceof StartError) return error;
  const code = (error as NodeJS.ErrnoException | undefined)?.code;
  const path = (error as NodeJS.ErrnoException | undefined)?.path ?? '';
  if (code === 'ENOSPC') {
    return new StartError(
      'The disk is full.',
      'Free some space (a first start needs about 4 GB), then start again: it goes on where it stopped.',
    );
  }
  if (code === 'EACCES' || code === 'EPERM') {
    return new StartError(
      `No permission for ${path || 'a file'}.`,
      'Make the checkout yours (chown), or start as the user who owns it.',
    );
  }
  return undefined;
}
