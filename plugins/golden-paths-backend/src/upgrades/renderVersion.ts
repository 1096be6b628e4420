import { AuthService } from '@backstage/backend-plugin-api';
import { ConflictError, InputError } from '@backstage/errors';
import { ScaffoldRecord } from '@waymark/backstage-plugin-golden-paths-common';
import {
  asRecorded,
  dryRunTemplate,
  executablePaths,
  renderedTree,
  Tree,
} from '@waymark/backstage-plugin-golden-paths-node';
import { answerProblems } from '../answerProblems';
import { Engine } from '../engine';
import { isSelfContained } from '../selfContained';
import { TemplateVersion } from './TemplateVersions';

/**
 * What a version makes of the answers of a record. It is rendered with the
 * portal's own rights: so it must read nothing but its own files.
 *
 * @throws ConflictError where it reads more; InputError where it does not take
 * the answers
 */
export async function renderVersion(
  services: { auth: AuthService; engine: Engine },
  { version, template, contents }: TemplateVersion,
  { template: { commit }, inputs, environment }: ScaffoldRecord,
  signal: AbortSignal,
): Promise<Tree> {
  const { auth, engine } = services;
  const movedIn = dryRunTemplate(asRecorded(template, { commit, environment }));
  if (!isSelfContained(movedIn)) {
    throw new ConflictError(
      `Version ${version} of the golden path reads more than its own files, so that nobody but who runs it can say what it makes.`,
    );
  }
  const rendered = await engine(
    {
      template: movedIn,
      values: inputs,
      contents,
      credentials: await auth.getOwnServiceCredentials(),
    },
    signal,
  );
  if (rendered.kind === 'refused') {
    const problems = answerProblems(template, rendered.errors);
    const reasons = problems.map(({ message }) => message).join('; ');
    throw new InputError(
      `Version ${version} does not take these answers: ${reasons}`,
    );
  }
  return renderedTree(rendered.files, executablePaths(movedIn, contents));
}
