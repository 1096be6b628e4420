const EXPRESSION = /\$\{\{\s*([\w.]+)\s*\}\}/g;

/**
 * Puts values in for expressions such as `${{ parameters.name }}`.
 *
 * @returns nothing where an expression is not a plain name or its value is not
 * known here
 */
export function resolveExpressions(
  text: unknown,
  values: Record<string, string>,
): string | undefined {
  if (typeof text !== 'string') return undefined;
  let known = true;
  const resolved = text.replace(EXPRESSION, (_, key: string) => {
    const value = values[key];
    if (value === undefined) known = false;
    return value ?? '';
  });
  return known && !resolved.includes('${{') ? resolved : undefined;
}
