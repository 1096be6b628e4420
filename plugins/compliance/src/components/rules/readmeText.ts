/** The README without its title, which the page has, and the line of id and severity. */
export const readmeText = (readme: string): string =>
  readme
    .replace(/^\s*#[^\n]*\n+/, '')
    .replace(/^`[a-z0-9-]+`,[^\n]*\n+/, '')
    .trim();
