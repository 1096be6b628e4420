/** A condition on a label, as Alertmanager and Prometheus have them. */
export interface Matcher {
  label: string;
  fits(value: string): boolean;
}

const FORM =
  /^\s*([a-zA-Z_:][\w:]*)\s*(=~|!~|!=|=)\s*(?:"((?:[^"\\]|\\.)*)"|([^\s"{},]*))\s*$/;

/**
 * Reads `label="value"`, `!=`, `=~` or `!~`; a regular expression is of the whole
 * value, and a label that is missing is empty.
 *
 * @throws Error that says what is wrong
 */
export function parseMatcher(text: string): Matcher {
  const [, label, operator, quoted, bare] = FORM.exec(text) ?? [];
  if (!label) throw new Error(`${text} is no matcher such as severity="page"`);
  const value = quoted?.replace(/\\(["\\])/g, '$1') ?? bare;
  const wanted = operator.startsWith('=');
  if (!operator.endsWith('~')) {
    return { label, fits: given => (given === value) === wanted };
  }
  let whole: RegExp;
  try {
    whole = new RegExp(`^(?:${value})$`, 'su');
  } catch {
    throw new Error(`${text} has no valid regular expression`);
  }
  return { label, fits: given => whole.test(given) === wanted };
}
