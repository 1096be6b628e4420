import { Request, Response, Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { z } from 'zod';
import { Context } from '../context';
import { ApiError, notFound } from '../errors';
import { isRefName } from '../names';
import { commit as commitShape } from '../shapes/commit';
import { protection as protectionShape } from '../shapes/protection';
import { ProtectionRecord, RepositoryRecord } from '../store/records';
import { bodyOf, changeOf, paginate, queryOf, repositoryOf } from './support';

const allowances = z.object({
  users: z.array(z.string()).default([]),
  teams: z.array(z.string()).default([]),
  apps: z.array(z.string()).default([]),
});

const protectionBody = z.object({
  required_status_checks: z
    .object({
      strict: z.boolean().default(false),
      contexts: z.array(z.string()).default([]),
      checks: z.array(z.object({ context: z.string() })).default([]),
    })
    .nullish(),
  enforce_admins: z.boolean().nullish(),
  required_pull_request_reviews: z
    .object({
      dismiss_stale_reviews: z.boolean().default(false),
      require_code_owner_reviews: z.boolean().default(false),
      required_approving_review_count: z
        .number()
        .int()
        .min(0)
        .max(6)
        .default(1),
      require_last_push_approval: z.boolean().default(false),
      bypass_pull_request_allowances: allowances.optional(),
    })
    .nullish(),
  restrictions: allowances.nullish(),
  required_linear_history: z.boolean().nullish(),
  allow_force_pushes: z.boolean().nullish(),
  allow_deletions: z.boolean().nullish(),
  block_creations: z.boolean().nullish(),
  required_conversation_resolution: z.boolean().nullish(),
  lock_branch: z.boolean().nullish(),
});

function toRecord(
  branch: string,
  body: z.output<typeof protectionBody>,
): ProtectionRecord {
  const checks = body.required_status_checks;
  const reviews = body.required_pull_request_reviews;
  return {
    branch,
    requiredStatusChecks: checks
      ? {
          strict: checks.strict,
          contexts: [
            ...new Set([
              ...checks.contexts,
              ...checks.checks.map(one => one.context),
            ]),
          ],
        }
      : null,
    enforceAdmins: body.enforce_admins ?? false,
    requiredReviews: reviews
      ? {
          count: reviews.required_approving_review_count,
          dismissStale: reviews.dismiss_stale_reviews,
          codeOwners: reviews.require_code_owner_reviews,
          lastPushApproval: reviews.require_last_push_approval,
          bypass: reviews.bypass_pull_request_allowances ?? {
            users: [],
            teams: [],
            apps: [],
          },
        }
      : null,
    restrictions: body.restrictions ?? null,
    requiredSignatures: false,
    requiredLinearHistory: body.required_linear_history ?? false,
    allowForcePushes: body.allow_force_pushes ?? false,
    allowDeletions: body.allow_deletions ?? false,
    blockCreations: body.block_creations ?? false,
    requiredConversationResolution:
      body.required_conversation_resolution ?? false,
    lockBranch: body.lock_branch ?? false,
  };
}

/** Branches, tags and branch protection. */
export function branchRoutes(context: Context): Router {
  const router = PromiseRouter();
  const { store, urls } = context;
  const base = '/repos/:owner/:repo';

  const existing = async (repository: RepositoryRecord, name: string) => {
    const sha = isRefName(name)
      ? await context.git(repository).ref(`refs/heads/${name}`)
      : undefined;
    if (!sha) {
      throw notFound('Branch not found');
    }
    return sha;
  };

  router.get(`${base}/branches`, async (req, res) => {
    const repository = repositoryOf(context, req, res);
    const { protections } = store.of(repository);
    const wanted = queryOf(req, 'protected');
    const branches = (await context.git(repository).refs('refs/heads/'))
      .map(ref => ({
        name: ref.name.slice('refs/heads/'.length),
        sha: ref.sha,
      }))
      .filter(
        ({ name }) =>
          wanted === undefined ||
          String(protections.get(name) !== undefined) === wanted,
      );
    res.json(
      paginate(context, req, res, branches).map(({ name, sha }) => ({
        name,
        commit: {
          sha,
          url: `${urls.repositoryApi(repository)}/commits/${sha}`,
        },
        protected: protections.get(name) !== undefined,
      })),
    );
  });
  router.get(`${base}/tags`, async (req, res) => {
    const repository = repositoryOf(context, req, res);
    const api = urls.repositoryApi(repository);
    const tags = await context.git(repository).refs('refs/tags/');
    res.json(
      paginate(context, req, res, tags).map(ref => ({
        name: ref.name.slice('refs/tags/'.length),
        commit: { sha: ref.peeled, url: `${api}/commits/${ref.peeled}` },
        zipball_url: `${api}/zipball/${ref.name}`,
        tarball_url: `${api}/tarball/${ref.name}`,
      })),
    );
  });

  // Of rulesets, which protect branches in another way: there are none here.
  router.get(`${base}/rules/branches/:branch(*)`, (req, res) => {
    repositoryOf(context, req, res);
    res.json([]);
  });

  const recordOf = (repository: RepositoryRecord, branch: string) => {
    const record = store.of(repository).protections.get(branch);
    if (!record) {
      throw notFound('Branch not protected');
    }
    return record;
  };
  const admin = async (req: Request, res: Response) => {
    const { repository } = changeOf(context, req, res, 'admin');
    const { branch } = req.params;
    await existing(repository, branch);
    return { repository, branch };
  };
  const path = `${base}/branches/:branch(*)/protection`;

  router.get(path, async (req, res) => {
    const { repository, branch } = await admin(req, res);
    res.json(
      protectionShape(context, repository, recordOf(repository, branch)),
    );
  });
  router.put(path, async (req, res) => {
    const { repository, branch } = await admin(req, res);
    const body = bodyOf(req, protectionBody, 'Protection');
    if (
      body.required_status_checks === undefined ||
      body.enforce_admins === undefined ||
      body.required_pull_request_reviews === undefined ||
      body.restrictions === undefined
    ) {
      throw new ApiError(
        422,
        'Invalid request.\n\n"required_status_checks", "enforce_admins", "required_pull_request_reviews" and "restrictions" must be supplied.',
      );
    }
    const known = store.of(repository).protections.get(branch);
    const record = {
      ...toRecord(branch, body),
      requiredSignatures: known?.requiredSignatures ?? false,
    };
    await store.of(repository).protections.put(record);
    res.json(protectionShape(context, repository, record));
  });
  router.delete(path, async (req, res) => {
    const { repository, branch } = await admin(req, res);
    recordOf(repository, branch);
    await store.of(repository).protections.delete(branch);
    res.status(204).end();
  });

  const flag = (
    name: string,
    read: (record: ProtectionRecord) => boolean,
    write: (record: ProtectionRecord, on: boolean) => ProtectionRecord,
  ) => {
    const shape = (repository: RepositoryRecord, record: ProtectionRecord) => ({
      url: `${urls.repositoryApi(repository)}/branches/${encodeURIComponent(
        record.branch,
      )}/protection/${name}`,
      enabled: read(record),
    });
    router.get(`${path}/${name}`, async (req, res) => {
      const { repository, branch } = await admin(req, res);
      res.json(shape(repository, recordOf(repository, branch)));
    });
    router.post(`${path}/${name}`, async (req, res) => {
      const { repository, branch } = await admin(req, res);
      const next = write(recordOf(repository, branch), true);
      await store.of(repository).protections.put(next);
      res.json(shape(repository, next));
    });
    router.delete(`${path}/${name}`, async (req, res) => {
      const { repository, branch } = await admin(req, res);
      const next = write(recordOf(repository, branch), false);
      await store.of(repository).protections.put(next);
      res.status(204).end();
    });
  };
  flag(
    'required_signatures',
    record => record.requiredSignatures,
    (record, on) => ({ ...record, requiredSignatures: on }),
  );
  flag(
    'enforce_admins',
    record => record.enforceAdmins,
    (record, on) => ({ ...record, enforceAdmins: on }),
  );

  router.get(`${base}/branches/:branch(*)`, async (req, res) => {
    const repository = repositoryOf(context, req, res);
    const { branch } = req.params;
    const sha = await existing(repository, branch);
    const commit = await context.git(repository).commit(sha);
    const record = store.of(repository).protections.get(branch);
    const api = urls.repositoryApi(repository);
    const html = urls.repositoryHtml(repository);
    const name = encodeURIComponent(branch);
    res.json({
      name: branch,
      commit: commit && commitShape(commit, repository, urls, context.byEmail),
      _links: { self: `${api}/branches/${name}`, html: `${html}/tree/${name}` },
      protected: record !== undefined,
      protection: {
        enabled: record !== undefined,
        required_status_checks: {
          enforcement_level: record?.requiredStatusChecks ? 'everyone' : 'off',
          contexts: record?.requiredStatusChecks?.contexts ?? [],
          checks: [],
        },
      },
      protection_url: `${api}/branches/${name}/protection`,
    });
  });
  return router;
}
