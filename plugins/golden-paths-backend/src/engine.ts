import {
  AuthService,
  BackstageCredentials,
  DiscoveryService,
} from '@backstage/backend-plugin-api';
import {
  ConflictError,
  NotAllowedError,
  ServiceUnavailableError,
} from '@backstage/errors';
import { TemplateEntityV1beta3 } from '@backstage/plugin-scaffolder-common';
import { DryRunFile } from '@waymark/backstage-plugin-golden-paths-node';
import { z } from 'zod';
import { RefusedAnswer, refusedAnswerSchema } from './answerProblems';

const madeSchema = z.object({
  directoryContents: z.array(
    z.object({
      path: z.string(),
      base64Content: z.string(),
      executable: z.boolean().optional(),
    }),
  ),
});
const refusedSchema = z.object({ errors: z.array(refusedAnswerSchema).min(1) });
const failedSchema = z.object({ error: z.object({ message: z.string() }) });

/** Where the engine works: of no use to anybody by the time they read it. */
const WORKING_FOLDER = /[^\s'"]*\/dry-run-(content-)?[0-9a-f-]{36}\//g;

/** A file that the engine made. */
export interface MadeFile {
  path: string;
  content: Buffer;
  executable: boolean;
}

/** What the engine answers. */
export type Rendered =
  | { kind: 'made'; files: MadeFile[] }
  | { kind: 'refused'; errors: RefusedAnswer[] };

/** Renders a template without creating anything. */
export type Engine = (
  run: {
    template: TemplateEntityV1beta3;
    values: Record<string, unknown>;
    contents: DryRunFile[];
    credentials: BackstageCredentials;
  },
  signal: AbortSignal,
) => Promise<Rendered>;

/**
 * The scaffolder's own dry run: it decides again what the bearer of the
 * credentials may do, and each step runs with those rights.
 *
 * @throws NotAllowedError where the scaffolder refuses; ConflictError
 * where the template fails; ServiceUnavailableError where nobody answers
 */
export function scaffolderEngine(services: {
  auth: AuthService;
  discovery: DiscoveryService;
}): Engine {
  const { auth, discovery } = services;

  return async ({ template, values, contents, credentials }, signal) => {
    const { token } = await auth.getPluginRequestToken({
      onBehalfOf: credentials,
      targetPluginId: 'scaffolder',
    });
    const baseUrl = await discovery.getBaseUrl('scaffolder');
    const response = await fetch(`${baseUrl}/v2/dry-run`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify({ template, values, directoryContents: contents }),
      signal,
    });
    const answer: unknown = await response.json().catch(() => undefined);
    if (response.ok) {
      const { directoryContents } = madeSchema.parse(answer);
      return {
        kind: 'made',
        files: directoryContents.map(({ path, base64Content, executable }) => ({
          path,
          content: Buffer.from(base64Content, 'base64'),
          executable: executable ?? false,
        })),
      };
    }
    const refused = refusedSchema.safeParse(answer);
    if (refused.success) {
      return { kind: 'refused', errors: refused.data.errors };
    }
    const failed = failedSchema.safeParse(answer);
    const message = failed.success
      ? failed.data.error.message.replace(WORKING_FOLDER, '')
      : `status ${response.status}`;
    if (response.status === 403) throw new NotAllowedError(message);
    if (response.status === 401 || response.status === 503) {
      throw new ServiceUnavailableError(`The scaffolder says: ${message}`);
    }
    throw new ConflictError(
      `The template cannot be rendered with these answers: ${message}`,
    );
  };
}
