import { CustomErrorBase } from '@backstage/errors';

/** One entry of GitHub's `errors` list of a 422. */
export interface FieldError {
  resource: string;
  field?: string;
  code: string;
  message?: string;
}

/** An answer that is not 2xx, in the shape GitHub gives it. */
export class ApiError extends CustomErrorBase {
  readonly status: number;
  readonly errors?: FieldError[];

  constructor(status: number, message: string, errors?: FieldError[]) {
    super(message);
    this.status = status;
    this.errors = errors;
  }
}

/** 404: also the answer for what the caller may not see. */
export function notFound(message = 'Not Found'): ApiError {
  return new ApiError(404, message);
}

/** 422 with one field error. */
export function invalid(
  resource: string,
  field: string,
  message?: string,
  code = 'invalid',
): ApiError {
  return new ApiError(422, 'Validation Failed', [
    { resource, field, code, ...(message ? { message } : {}) },
  ]);
}

/** The forge could not start; the message says what to do. */
export class ForgeStartError extends CustomErrorBase {
  readonly code: 'EADDRINUSE' | 'EINVALID' | 'ENOGIT' | 'EDATA';

  constructor(code: ForgeStartError['code'], message: string, cause?: Error) {
    super(message, cause);
    this.code = code;
  }
}

/** A git command ended with an error. */
export class GitError extends CustomErrorBase {
  readonly exitCode: number | null;
  readonly stderr: string;

  constructor(command: string, exitCode: number | null, stderr: string) {
    super(`git ${command} ended with ${exitCode}: ${stderr.trim()}`);
    this.exitCode = exitCode;
    this.stderr = stderr;
  }
}
