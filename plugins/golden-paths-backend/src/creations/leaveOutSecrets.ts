/** Names of questions whose answers are kept nowhere, whatever the form says. */
const SECRET_NAME =
  /(pass(word|phrase|wd)|secret|token|credential|private.?key|api.?key|access.?key)/i;
/** What is a secret by its looks, whatever it is called. */
const SECRET_TEXT =
  /(\bgh[pousr]_[A-Za-z0-9]{20,}|\bgithub_pat_\w{20,}|\bglpat-[\w-]{16,}|\bAKIA[0-9A-Z]{16}\b|\bxox[abprs]-[\w-]{10,}|-----BEGIN [A-Z ]*PRIVATE KEY|\beyJ[\w-]{10,}\.[\w-]{10,}\.|:\/\/[^\s/:@]+:[^\s/@]+@)/;
/** Answers nest no deeper than forms do. */
const MOST_LEVELS = 20;

/**
 * The answers of a form as they may be kept. Fields for secrets hand theirs to
 * the scaffolder apart from the answers; this is for what was typed into others.
 *
 * @param hidden - names of questions that the form itself hides
 */
export function leaveOutSecrets(
  answers: Record<string, unknown>,
  hidden: ReadonlySet<string>,
): { inputs: Record<string, unknown>; leftOut: string[] } {
  const leftOut: string[] = [];
  const keep = (value: unknown, path: string[]): unknown => {
    const isSecret =
      path.length > MOST_LEVELS ||
      (typeof value === 'string' && SECRET_TEXT.test(value));
    if (isSecret) {
      leftOut.push(path.join('.'));
      return undefined;
    }
    if (Array.isArray(value)) {
      return value
        .map((item, index) => keep(item, [...path, String(index)]))
        .filter(item => item !== undefined);
    }
    if (typeof value !== 'object' || value === null) return value;
    const kept: [string, unknown][] = [];
    for (const [name, item] of Object.entries(value)) {
      const at = [...path, name];
      if (hidden.has(name) || SECRET_NAME.test(name)) {
        leftOut.push(at.join('.'));
        continue;
      }
      const one = keep(item, at);
      if (one !== undefined) kept.push([name, one]);
    }
    return Object.fromEntries(kept);
  };
  const inputs = keep(answers, []) as Record<string, unknown>;
  return { inputs, leftOut };
}

/** A text without what is a secret by its looks. */
export function withoutSecrets(text: string): string {
  return text.replace(new RegExp(SECRET_TEXT.source, 'g'), '***');
}

/** Names of questions that a form hides: by their field, widget or a mask. */
export function hiddenQuestions(parameters: unknown): Set<string> {
  const hidden = new Set<string>();
  const look = (value: unknown, level: number) => {
    if (typeof value !== 'object' || value === null || level > MOST_LEVELS) {
      return;
    }
    const { properties } = value as { properties?: unknown };
    if (typeof properties === 'object' && properties !== null) {
      for (const [name, question] of Object.entries(properties)) {
        if (isHidden(question)) hidden.add(name);
      }
    }
    for (const item of Object.values(value)) look(item, level + 1);
  };
  look(parameters, 0);
  return hidden;
}

function isHidden(question: unknown): boolean {
  if (typeof question !== 'object' || question === null) return false;
  const said = question as Record<string, any>;
  const review = said['ui:backstage']?.review ?? {};
  return (
    said['ui:field'] === 'Secret' ||
    said['ui:widget'] === 'password' ||
    said.format === 'password' ||
    said.writeOnly === true ||
    review.mask !== undefined
  );
}
