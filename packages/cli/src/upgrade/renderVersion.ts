import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ConflictError } from '@backstage/errors';
import { ScaffoldRecord } from '@waymark/backstage-plugin-golden-paths-common';
import {
  asRecorded,
  dryRunContents,
  dryRunTemplate,
  executablePaths,
  renderedTree,
  Tree,
} from '@waymark/backstage-plugin-golden-paths-node';
import { Engine } from '../templates/engine';
import { readTemplate, Template } from '../templates/goldenPath';

/** A version of a template, with all that rendering it needs. */
export interface VersionSource {
  version: string;
  folder: string;
  template: Template;
  /** Its CHANGELOG.md, empty where it has none. */
  changelog: string;
}

/** Reads a version of a template that lies in a folder. */
export function readVersion(folder: string, version: string): VersionSource {
  const changelog = join(folder, 'CHANGELOG.md');
  return {
    version,
    folder,
    template: readTemplate(folder),
    changelog: existsSync(changelog) ? readFileSync(changelog, 'utf8') : '',
  };
}

/**
 * What a version makes of a record's answers, commit and configuration.
 *
 * @throws ConflictError where it makes nothing of them
 */
export async function renderVersion(
  engine: Engine,
  { version, folder, template }: VersionSource,
  {
    template: { commit },
    inputs,
    environment,
  }: Pick<ScaffoldRecord, 'inputs' | 'environment'> & {
    template: Pick<ScaffoldRecord['template'], 'commit'>;
  },
): Promise<Tree> {
  const recorded = asRecorded(template, { commit, environment });
  const rendered = await engine.render({ folder, template: recorded }, inputs);
  switch (rendered.kind) {
    case 'made':
      return renderedTree(
        rendered.files,
        executablePaths(dryRunTemplate(template), await dryRunContents(folder)),
      );
    case 'refused':
      throw new ConflictError(
        `Version ${version} does not take these answers: ${rendered.reasons.join(
          '; ',
        )}. Give others with --set NAME=VALUE.`,
      );
    default: {
      const place = [rendered.file, rendered.line].filter(Boolean).join(':');
      throw new ConflictError(
        `Version ${version} cannot be rendered: ${place && `${place}: `}${
          rendered.message
        }`,
      );
    }
  }
}
