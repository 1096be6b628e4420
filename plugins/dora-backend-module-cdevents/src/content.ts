import {
  repositoryOfUrl,
  sourceInstant,
} from '@waymark/backstage-plugin-dora-node';
import { z } from 'zod';

/** Something of another system; the schemas have checked that it has an id. */
export const reference = z.object({
  id: z.string().max(900),
  source: z.string().max(1_000).optional(),
});

export const serviceContent = z.object({
  environment: reference,
  artifactId: z.string().max(1_000),
});

export const incidentContent = z.object({
  description: z.string().optional(),
  environment: reference,
  service: reference.optional(),
  artifactId: z.string().max(1_000).optional(),
  ticketURI: z.string().max(1_000).optional(),
});

export const artifactContent = z.object({ change: reference.optional() });

export const changeContent = z.object({ repository: reference.optional() });

/** What a merged change says of its commits, beyond CDEvents: as a push does. */
export const pushData = z.object({
  defaultBranch: z.string().min(1).max(500),
  before: z.string().optional(),
  after: z.string(),
  commits: z
    .array(
      z.object({
        id: z.string(),
        timestamp: sourceInstant,
        message: z.string(),
        author: z.string(),
        paths: z.array(z.string()).optional(),
      }),
    )
    .min(1),
});

const COMMIT = /^[0-9a-f]{40}([0-9a-f]{24})?$/;

export function isCommit(text: string | undefined): text is string {
  return COMMIT.test(text ?? '');
}

/** The repository that a reference is to: its id below its source, or one of both. */
export function repositoryOf({
  id,
  source = '',
}: z.infer<typeof reference>): string | undefined {
  return (
    repositoryOfUrl(id) ??
    repositoryOfUrl(`${source.replace(/\/+$/, '')}/${id.replace(/^\/+/, '')}`)
  );
}

/** The commit that a package URL says it was built of. */
export function builtOf(
  artifactId: string,
): { sha: string; repository?: string } | undefined {
  const [, version = '', qualifiers = ''] =
    /^pkg:[^?#@]+(?:@([^?#]*))?(?:\?([^#]*))?/i.exec(artifactId) ?? [];
  const vcs = new URLSearchParams(qualifiers).get('vcs_url') ?? '';
  const [, address, sha] = /^(.+)@([0-9a-f]{40,64})$/.exec(vcs) ?? [];
  if (isCommit(sha)) return { sha, repository: repositoryOfUrl(address) };
  return isCommit(version) && version.length === 40
    ? { sha: version }
    : undefined;
}
