/**
 * What may be called what. Everything that reaches a path, a git argument or
 * a page goes through one of these first.
 */

const LOGIN = /^[A-Za-z0-9](?:[A-Za-z0-9-]{0,37}[A-Za-z0-9])?$/;
const REPOSITORY = /^[A-Za-z0-9._-]{1,100}$/;
const SHA = /^[0-9a-f]{40}$/;
const ABBREVIATED_SHA = /^[0-9a-f]{4,40}$/;
const VARIABLE = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** First path segments the forge serves itself. */
const RESERVED_LOGINS = new Set([
  'api',
  'login',
  'organizations',
  'orgs',
  'settings',
]);

const MAX_REF_LENGTH = 255;
const MAX_PATH_LENGTH = 4096;

/** Whether a text has a control character (C0 or DEL). */
export function hasControlCharacter(text: string): boolean {
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i);
    if (code < 32 || code === 127) {
      return true;
    }
  }
  return false;
}

/** Account and organisation logins, as GitHub has them. */
export function isLogin(value: string): boolean {
  return LOGIN.test(value) && !RESERVED_LOGINS.has(value.toLowerCase());
}

/** Repository names; `.`, `..` and anything that ends in `.git` are not. */
export function isRepositoryName(value: string): boolean {
  return (
    REPOSITORY.test(value) &&
    value !== '.' &&
    value !== '..' &&
    !/\.(git|wiki|atom)$/i.test(value)
  );
}

/** A full, lower-case SHA-1. */
export function isSha(value: string): boolean {
  return SHA.test(value);
}

/** A SHA-1 or a prefix of one that git accepts. */
export function isAbbreviatedSha(value: string): boolean {
  return ABBREVIATED_SHA.test(value);
}

/** Names of variables and secrets of GitHub Actions. */
export function isVariableName(value: string): boolean {
  return VARIABLE.test(value) && !/^GITHUB_/i.test(value);
}

/** The rules of `git check-ref-format --branch`, for a branch or tag name. */
export function isRefName(value: string): boolean {
  if (
    value.length === 0 ||
    value.length > MAX_REF_LENGTH ||
    hasControlCharacter(value) ||
    /[ ~^:?*[\\]/.test(value) ||
    value.includes('..') ||
    value.includes('@{') ||
    value === '@' ||
    value === 'HEAD' ||
    value.startsWith('-') ||
    value.endsWith('.')
  ) {
    return false;
  }
  return value
    .split('/')
    .every(
      part => part !== '' && !part.startsWith('.') && !part.endsWith('.lock'),
    );
}

/** A full ref below `refs/heads/` or `refs/tags/`. */
export function isFullRef(value: string): boolean {
  const match = /^refs\/(?:heads|tags)\/(.+)$/s.exec(value);
  return match !== null && isRefName(match[1]);
}

/**
 * A path of a file or folder inside a repository. No segment may be empty,
 * `.`, `..` or a spelling of `.git`.
 */
export function isTreePath(value: string): boolean {
  if (
    value.length === 0 ||
    value.length > MAX_PATH_LENGTH ||
    hasControlCharacter(value)
  ) {
    return false;
  }
  return value
    .split('/')
    .every(
      part =>
        part !== '' &&
        part !== '.' &&
        part !== '..' &&
        !/^(?:\.git|git~\d+)[. ]*$/i.test(part),
    );
}
