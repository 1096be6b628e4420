const SHAPE = /^[a-z][a-z0-9-]{1,38}[a-z0-9]$/;

/**
 * What is wrong with the form of a service's name, in words; nothing where it
 * is well formed. The name is a repository, an image, a Helm release and a DNS
 * label at once, hence the narrow form.
 */
export function nameProblem(name: string): string | undefined {
  if (name.length < 3) return 'Use at least 3 characters.';
  if (name.length > 40) return 'Use at most 40 characters.';
  if (!SHAPE.test(name) || name.includes('--')) {
    return 'Use small letters, digits and single dashes. Start with a letter and do not end with a dash.';
  }
  return undefined;
}
