import { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import {
  execute,
  GraphQLError,
  NoSchemaIntrospectionCustomRule,
  parse,
  specifiedRules,
  validate,
} from 'graphql';
import { z } from 'zod';
import { Viewer } from '../auth';
import { Context } from '../context';
import { ApiError } from '../errors';
import { isRefName, isTreePath } from '../names';
import { changeFiles } from '../services/files';
import { viewerOf } from '../rest/support';
import { Nodes } from './nodes';
import { schema } from './schema';

const MAX_TOKENS = 5000;

const requestSchema = z.object({
  query: z.string().max(100_000),
  variables: z.record(z.unknown()).nullish(),
  operationName: z.string().nullish(),
});
const commitInput = z.object({
  branch: z.object({
    repositoryNameWithOwner: z.string(),
    branchName: z.string().refine(isRefName),
  }),
  message: z.object({ headline: z.string(), body: z.string().nullish() }),
  fileChanges: z
    .object({
      additions: z
        .array(
          z.object({
            path: z.string().refine(isTreePath),
            contents: z.string(),
          }),
        )
        .nullish(),
      deletions: z
        .array(z.object({ path: z.string().refine(isTreePath) }))
        .nullish(),
    })
    .nullish(),
  expectedHeadOid: z.string(),
  clientMutationId: z.string().nullish(),
});

function failure(type: string, message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { type } });
}

function rootOf(context: Context, viewer: Viewer) {
  const nodes = new Nodes(context, viewer);
  const { accounts } = context;
  const account = (login: string, type?: 'User' | 'Organization') => {
    const found = accounts.get(login);
    if (!found || (type && found.type !== type)) {
      throw failure(
        'NOT_FOUND',
        `Could not resolve to ${
          type === 'User' ? 'a User' : 'an Organization'
        } with the login of '${login}'.`,
      );
    }
    return found;
  };
  return {
    viewer: () => nodes.user(context.access.someone(viewer)),
    rateLimit: () => ({
      limit: 5000,
      cost: 1,
      remaining: 4999,
      used: 1,
      resetAt: new Date(Date.now() + 3_600_000).toISOString(),
    }),
    user: ({ login }: { login: string }) => nodes.user(account(login, 'User')),
    organization: ({ login }: { login: string }) =>
      nodes.organization(account(login, 'Organization')),
    repositoryOwner: ({ login }: { login: string }) =>
      nodes.owner(account(login)),
    repository: ({ owner, name }: { owner: string; name: string }) => {
      const record = nodes.visible(owner, name);
      if (!record) {
        throw failure(
          'NOT_FOUND',
          `Could not resolve to a Repository with the name '${owner}/${name}'.`,
        );
      }
      return nodes.repository(record);
    },
    createCommitOnBranch: async ({ input }: { input: unknown }) => {
      const wanted = commitInput.parse(input);
      const [owner, name] = wanted.branch.repositoryNameWithOwner.split('/');
      const actor = context.access.someone(viewer);
      const repository = context.access.repository(
        viewer,
        owner,
        name ?? '',
        'push',
      );
      const { additions, deletions } = wanted.fileChanges ?? {};
      const commit = await changeFiles(context, {
        repository,
        actor,
        branch: wanted.branch.branchName,
        message: wanted.message.body
          ? `${wanted.message.headline}\n\n${wanted.message.body}`
          : wanted.message.headline,
        expectedHead: wanted.expectedHeadOid,
        edits: async () => [
          ...(deletions ?? []).map(({ path }) => ({ path, content: null })),
          ...(additions ?? []).map(({ path, contents }) => ({
            path,
            content: Buffer.from(contents, 'base64'),
          })),
        ],
      });
      return {
        clientMutationId: wanted.clientMutationId ?? null,
        commit: nodes.commit(repository, commit),
      };
    },
  };
}

/** `POST /api/graphql`. */
export function graphqlRoute(context: Context): Router {
  const router = PromiseRouter();
  router.post('/', async (req, res) => {
    const request = requestSchema.safeParse(req.body);
    if (!request.success) {
      throw new ApiError(400, 'Problems parsing JSON');
    }
    const { query, variables, operationName } = request.data;
    let document;
    try {
      document = parse(query, { maxTokens: MAX_TOKENS });
    } catch (error) {
      if (error instanceof GraphQLError) {
        res.json({ errors: [error.toJSON()] });
        return;
      }
      throw error;
    }
    const problems = validate(schema, document, [
      ...specifiedRules,
      NoSchemaIntrospectionCustomRule,
    ]);
    if (problems.length > 0) {
      res.json({ errors: problems.map(problem => problem.toJSON()) });
      return;
    }
    const result = await execute({
      schema,
      document,
      rootValue: rootOf(context, viewerOf(res)),
      variableValues: variables ?? undefined,
      operationName: operationName ?? undefined,
    });
    res.json({
      ...(result.data === undefined ? {} : { data: result.data }),
      ...(result.errors
        ? {
            errors: result.errors.map(error => ({
              type: error.extensions.type,
              message: messageOf(context, error),
              path: error.path,
              locations: error.locations,
            })),
          }
        : {}),
    });
  });
  return router;
}

/** Only what was said to callers on purpose is told to them. */
function messageOf(context: Context, error: GraphQLError): string {
  const cause = error.originalError;
  if (!cause || cause instanceof ApiError || cause instanceof GraphQLError) {
    return error.message;
  }
  if (cause instanceof z.ZodError) {
    return `Invalid input: ${cause.issues[0].path.join('.')}`;
  }
  context.options.logger.error(
    `GraphQL request failed: ${cause.stack ?? cause.message}`,
  );
  return 'Something went wrong while executing your query.';
}
