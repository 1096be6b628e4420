/**
 * A template of a chart as YAML of the same length: what Helm replaces is a word,
 * and a line that only steers is a comment. A file without templates stays as it
 * is.
 */
export function asYaml(template: string): string {
  return template
    .replace(
      /^[ \t]*(\{\{(?:[^{}\n]|\{[^{\n]|\}[^}\n])*\}\}[ \t]*)+(?=\r?$)/gm,
      line => line.replace(/\S.*/, found => `#${'x'.repeat(found.length - 1)}`),
    )
    .replace(/\{\{[\s\S]*?\}\}/g, found => found.replace(/[^\r\n]/g, 'x'));
}

/** Whether a value is one that Helm puts there. */
export function isReplaced(value: unknown): boolean {
  return typeof value === 'string' && /x{4}/.test(value);
}
