import { ConflictError, InputError, toError } from '@backstage/errors';
import { createGithubRepoCreateAction } from '@backstage/plugin-scaffolder-backend-module-github';
import { sayRepository } from '@waymark/backstage-plugin-golden-paths-common';
import {
  GithubAccess,
  openRepository,
  Repository,
  unlessMissing,
} from '../github/repository';

/** Inputs that GitHub takes after the repository was made, one by one. */
const NOT_ATOMIC = [
  'access',
  'autoInit',
  'oidcCustomization',
  'repoVariables',
  'secrets',
  'subscribe',
  'topics',
  'workflowAccess',
];

/**
 * `github:repo:create` that can be run again: a repository which an
 * interrupted run of the same task made is taken over instead of refused. The
 * homepage says which task made it.
 */
export function createRepositoryCreateAction(access: GithubAccess) {
  const stock = createGithubRepoCreateAction(access);

  return {
    ...stock,
    id: 'waymark:github:repo:create',
    description:
      'Creates a GitHub repository, or goes on with the one that an interrupted run of the same task created.',
    examples: undefined,
    schema: { ...stock.schema, input: withoutNotAtomic(stock.schema?.input) },
    async handler(ctx: Parameters<typeof stock.handler>[0]) {
      const { homepage, collaborators = [] } = ctx.input;
      if (!homepage?.includes(ctx.task.id)) {
        throw new InputError(
          'homepage must contain ${{ context.task.id }}: a retry knows by it that the repository is its own',
        );
      }
      const repository = await openRepository(access, ctx.logger, ctx.input);
      // Where a later step fails, its log is all that says what was made.
      const say = (url: string) => ctx.logger.info(sayRepository(url));
      let made = await find(repository, homepage);
      if (!made) {
        try {
          await stock.handler({
            ...ctx,
            output: (name, value) => {
              if (name === 'remoteUrl') say(String(value));
              ctx.output(name, value);
            },
          });
          return;
        } catch (error) {
          // The answer may be lost, not the request.
          made = await find(repository, homepage);
          if (!made) throw error;
        }
      }
      ctx.logger.info(
        `Going on with ${repository.owner}/${repository.repo}, which this task created before it was interrupted`,
      );
      for (const collaborator of collaborators) {
        await grant(repository, collaborator).catch(error =>
          ctx.logger.warn(
            `Skipping ${collaborator.access} access, ${toError(error).message}`,
          ),
        );
      }
      say(made.remoteUrl);
      ctx.output('remoteUrl', made.remoteUrl);
    },
  };
}

/**
 * @returns nothing where there is no such repository
 * @throws ConflictError where there is one that another task or person made
 */
async function find(
  { client, owner, repo }: Repository,
  homepage: string,
): Promise<{ remoteUrl: string } | undefined> {
  const found = await unlessMissing(client.rest.repos.get({ owner, repo }));
  if (!found) return undefined;
  if (found.homepage !== homepage) {
    throw new ConflictError(
      `The repository ${owner}/${repo} exists already. Choose another name.`,
    );
  }
  return { remoteUrl: found.clone_url };
}

async function grant(
  { client, owner, repo }: Repository,
  collaborator: { access: string } & ({ user: string } | { team: string }),
) {
  const { access: permission } = collaborator;
  if ('user' in collaborator) {
    const username = nameOf(collaborator.user);
    await client.rest.repos.addCollaborator({
      owner,
      repo,
      username,
      permission,
    });
  } else {
    await client.rest.teams.addOrUpdateRepoPermissionsInOrg({
      org: owner,
      team_slug: nameOf(collaborator.team),
      owner,
      repo,
      permission,
    });
  }
}

/** The name in an entity reference, as the stock action takes it. */
function nameOf(reference: string): string {
  return reference.replace(/^.*[:/]/g, '');
}

function withoutNotAtomic<T extends { properties?: object }>(
  schema: T | undefined,
): T | undefined {
  return (
    schema && {
      ...schema,
      properties: Object.fromEntries(
        Object.entries(schema.properties ?? {}).filter(
          ([name]) => !NOT_ATOMIC.includes(name),
        ),
      ),
      additionalProperties: false,
    }
  );
}
