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

/** SQLSTATE of PostgreSQL's `disk_full`. */
const PG_DISK_FULL = '53100';
/** As git, initdb and PostgreSQL's log say it; nobody gives them a locale. */
const NO_SPACE =
  /no space left on device|disk quota exceeded|could not (extend|write to) file/i;

/** Turns a full disk or a forbidden folder into words. */
export function explain(error: unknown): StartError | undefined {
  const { code, path = '' } = (error ?? {}) as NodeJS.ErrnoException;
  if (
    code === 'ENOSPC' ||
    code === PG_DISK_FULL ||
    NO_SPACE.test(said(error))
  ) {
    return new StartError(
      'The disk is full.',
      'Free some space (a first start needs about 4 GB), then start again: it goes on where it stopped.',
    );
  }
  if (error instanceof StartError) return error;
  if (code === 'EACCES' || code === 'EPERM') {
    return new StartError(
      `No permission for ${path || 'a file'}.`,
      'Make the checkout yours (chown), or start as the user who owns it.',
    );
  }
  return undefined;
}

/** All that an error and the process behind it said. */
function said(error: unknown): string {
  const { message, advice, stderr } = (error ?? {}) as Partial<StartError> & {
    stderr?: unknown;
  };
  return [message, advice, stderr].filter(Boolean).join('\n');
}
