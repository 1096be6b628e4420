import {
  compareVersions,
  versionSchema,
} from '@waymark/backstage-plugin-golden-paths-common';

const HEADING = /^##\s+\[?v?(\d[^\s\]]*)\]?.*$/gm;

/** What a changelog says of one version. */
export interface ChangelogEntry {
  version: string;
  /** Markdown, without its heading. */
  text: string;
}

/**
 * The entries of a CHANGELOG.md after one version up to another, the newest
 * first, wherever they stand in it.
 */
export function changelogBetween(
  changelog: string,
  from: string,
  to: string,
): ChangelogEntry[] {
  const headings = [...changelog.matchAll(HEADING)];
  return headings
    .map(({ 0: heading, 1: version, index }, at) => ({
      version,
      text: changelog
        .slice(index + heading.length, headings[at + 1]?.index)
        .trim(),
    }))
    .filter(
      ({ version }) =>
        versionSchema.safeParse(version).success &&
        compareVersions(version, from) > 0 &&
        compareVersions(version, to) <= 0,
    )
    .sort((one, other) => compareVersions(other.version, one.version));
}
