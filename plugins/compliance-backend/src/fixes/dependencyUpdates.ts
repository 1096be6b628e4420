import { ConflictError } from '@backstage/errors';
import { Fix, Files } from './Fix';

/** The file that names what a language depends on. */
const LANGUAGES: readonly [RegExp, string][] = [
  [/^go\.mod$/, 'go'],
  [/^(pom\.xml|build\.gradle(\.kts)?)$/, 'java'],
  [/^(pyproject\.toml|Pipfile|requirements[^/]*\.txt)$/, 'python'],
  [/^package\.json$/, 'node'],
];

/** Adds the renovate.json that golden paths have. */
export const dependencyUpdates: Fix = {
  title: component => `Renew the dependencies of ${component} by themselves`,
  propose({ denials, files, known }) {
    if (denials.some(({ path }) => path !== undefined)) {
      throw new ConflictError(
        'It is configured and switched off: ask whoever did why, and switch it on by hand.',
      );
    }
    if (!known.isWholeRepository) {
      throw new ConflictError(
        'Renovate reads its configuration at the root of a repository, and the component is only a folder of one.',
      );
    }
    const preset = [...languagesOf(files), 'default'].find(name =>
      known.presets.has(name),
    );
    return [
      {
        files: new Map([
          ['renovate.json', renovate(known.organisation, preset)],
        ]),
        notes: [
          preset
            ? `It follows the platform's preset for ${preset}.`
            : 'The platform of the organisation has no preset, so Renovate does what it recommends to all.',
          'Renovate has to be installed in the organisation; then its first pull request follows by itself.',
        ],
      },
    ];
  },
};

/**
 * `renovate.json` as `templates/_layers/repository` makes it, which a test holds
 * against each other.
 */
export function renovate(organisation: string, preset?: string): string {
  const extended = preset
    ? `local>${organisation}/platform//platform/renovate/${preset}`
    : 'config:recommended';
  return `{
  "$schema": "https://docs.renovatebot.com/renovate-schema.json",
  "extends": [${JSON.stringify(extended)}]
}
`;
}

function languagesOf({ paths }: Files): string[] {
  return LANGUAGES.filter(([pattern]) =>
    [...paths].some(path => pattern.test(path)),
  ).map(([, language]) => language);
}
