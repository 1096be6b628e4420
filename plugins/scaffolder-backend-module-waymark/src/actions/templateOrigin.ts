import { LoggerService } from '@backstage/backend-plugin-api';
import { stringifyEntityRef } from '@backstage/catalog-model';
import { InputError } from '@backstage/errors';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { sayCommit } from '@waymark/backstage-plugin-golden-paths-common';
import { GithubAccess, openRepository } from '../github/repository';

const VERSION = 'backstage.io/template-version';
/** Where a template is read from files that are in no repository. */
const UNKNOWN_COMMIT = '0'.repeat(40);

/**
 * Says which template is running, so that no template repeats its own name and
 * version, and which commit of its repository it is read at.
 *
 * @throws InputError where the template does not state its version
 */
export function createTemplateOriginAction(
  options: GithubAccess & { templateCommit?: string },
) {
  const { templateCommit = UNKNOWN_COMMIT, ...access } = options;

  return createTemplateAction({
    id: 'waymark:template:origin',
    description:
      'Says which template, version and commit this task is made from.',
    supportsDryRun: true,
    schema: {
      output: {
        ref: z => z.string().describe('Entity reference of the template'),
        title: z => z.string(),
        version: z => z.string().describe(`Its ${VERSION}`),
        commit: z =>
          z
            .string()
            .describe('Commit of its repository, 40 hexadecimal digits'),
      },
    },
    async handler(ctx) {
      const { templateInfo, logger } = ctx;
      const metadata = templateInfo?.entity?.metadata;
      if (!metadata)
        throw new InputError('This task was made from no template');
      const version = metadata.annotations?.[VERSION];
      if (!version) {
        throw new InputError(
          `The template ${metadata.name} has no annotation ${VERSION}`,
        );
      }
      const commit =
        (await readCommit(access, logger, templateInfo?.baseUrl)) ??
        templateCommit;
      logger.info(sayCommit(commit));
      ctx.output(
        'ref',
        stringifyEntityRef({
          kind: 'Template',
          namespace: metadata.namespace,
          name: metadata.name,
        }),
      );
      ctx.output('title', metadata.title ?? metadata.name);
      ctx.output('version', version);
      ctx.output('commit', commit);
    },
  });
}

/** The commit that a template's address leads to, where it is in a repository. */
async function readCommit(
  access: GithubAccess,
  logger: LoggerService,
  baseUrl: string | undefined,
): Promise<string | undefined> {
  if (!baseUrl?.startsWith('http')) return undefined;
  const { host, pathname } = new URL(baseUrl);
  // /owner/repository/blob/branch/path
  const [owner, repo, , sha] = pathname
    .split('/')
    .filter(Boolean)
    .map(decodeURIComponent);
  const { client } = await openRepository(access, logger, {
    repoUrl: `${host}?owner=${owner}&repo=${repo}`,
  });
  const { data } = await client.rest.repos.listCommits({
    owner,
    repo,
    sha,
    per_page: 1,
  });
  return data[0].sha;
}
