import { randomBytes } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { createBackend } from '@backstage/backend-defaults';
import {
  coreServices,
  createServiceFactory,
  RootLoggerService,
} from '@backstage/backend-plugin-api';
import { ConfigReader } from '@backstage/config';
import { ServiceUnavailableError } from '@backstage/errors';
import scaffolder from '@backstage/plugin-scaffolder-backend';
import scaffolderGithub from '@backstage/plugin-scaffolder-backend-module-github';
import {
  dryRunContents,
  DryRunFile,
  dryRunTemplate,
} from '@waymark/backstage-plugin-golden-paths-node';
import scaffolderWaymark from '@waymark/backstage-plugin-scaffolder-backend-module-waymark';
import { freePort, withTemporaryPostgres } from '@waymark/local';
import { z } from 'zod';
import { findTemplateFile } from './findTemplateFile';
import { GoldenPath, Template } from './goldenPath';
import { Inputs } from './problem';

const madeSchema = z.object({
  directoryContents: z.array(
    z.object({
      path: z.string(),
      base64Content: z.string(),
      executable: z.boolean().optional(),
    }),
  ),
});

const refusedSchema = z.object({
  errors: z.array(z.object({ stack: z.string() }).passthrough()),
});

/** A file of a made repository. */
export interface MadeFile {
  path: string;
  content: Buffer;
  executable: boolean;
}

/** What the engine answers to one set of inputs. */
export type Rendered =
  | { kind: 'made'; files: MadeFile[] }
  /** The form's schema does not take the inputs; each entry names its field. */
  | { kind: 'refused'; reasons: string[] }
  /** At best with the file of the golden path that could not be rendered. */
  | { kind: 'failed'; message: string; file?: string; line?: number };

/** Renders golden paths as the portal does. */
export interface Engine {
  render(
    path: Pick<GoldenPath, 'folder' | 'template'>,
    values: Inputs,
  ): Promise<Rendered>;
}

/**
 * Runs work with the portal's own scaffolder, which lives on a PostgreSQL and a
 * port of its own for as long as the work takes.
 *
 * @param work - also given the PostgreSQL server's address
 */
export async function withEngine<T>(
  work: (engine: Engine, postgres: string) => Promise<T>,
): Promise<T> {
  return withTemporaryPostgres(async connection => {
    const port = await freePort();
    const token = randomBytes(24).toString('base64url');
    const errors: string[] = [];
    const backend = createScaffolder(port, token, connection, errors);
    try {
      await backend.start();
    } catch (error) {
      const words = [(error as Error).message, ...errors].join('\n');
      throw new ServiceUnavailableError(
        `The scaffolder does not start: ${words}`,
      );
    }
    try {
      return await work(
        engineAt(`http://127.0.0.1:${port}`, token),
        connection,
      );
    } finally {
      await backend.stop();
    }
  });
}

/** Keeps what went wrong, for when the scaffolder cannot start. */
class KeptLog implements RootLoggerService {
  constructor(private readonly errors: string[]) {}

  error(message: string) {
    this.errors.push(message);
  }

  warn() {}

  info() {}

  debug() {}

  child() {
    return this;
  }
}

function createScaffolder(
  port: number,
  token: string,
  connection: string,
  errors: string[],
) {
  const backend = createBackend();
  const baseUrl = `http://127.0.0.1:${port}`;
  const config = new ConfigReader({
    app: { baseUrl: 'https://portal.waymark.example' },
    backend: {
      baseUrl,
      listen: { host: '127.0.0.1', port },
      database: {
        client: 'pg',
        connection: `${connection}/postgres`,
        pluginDivisionMode: 'schema',
        ensureSchemaExists: true,
      },
      auth: {
        externalAccess: [
          { type: 'static', options: { token, subject: 'templates-test' } },
        ],
      },
    },
    integrations: { github: [{ host: 'github.com', token: 'not-used' }] },
    waymark: {
      templateCommit: '5f3a9c1d5e7b8a6f4c2e1d0b9a8f7e6d5c4b3a29',
      git: { host: 'github.com', owner: 'tidewater' },
    },
  });
  backend.add(
    createServiceFactory({
      service: coreServices.rootConfig,
      deps: {},
      factory: () => config,
    }),
  );
  backend.add(
    createServiceFactory({
      service: coreServices.rootLogger,
      deps: {},
      // A refused row is an answer, which the report tells where it matters.
      factory: () => new KeptLog(errors),
    }),
  );
  backend.add(scaffolder);
  backend.add(scaffolderGithub);
  backend.add(scaffolderWaymark);
  return backend;
}

function engineAt(baseUrl: string, token: string): Engine {
  return {
    async render(path, values) {
      const template = dryRunTemplate(path.template);
      const contents = await dryRunContents(path.folder);
      const answer = await ask(template, values, contents);
      const line =
        answer.kind === 'failed' && /at line (\d+)/.exec(answer.message)?.[1];
      if (!line) return answer;
      // The scaffolder names the line and not the file.
      const file = await findTemplateFile(contents, async some =>
        isDeepStrictEqual(await ask(template, values, some), answer),
      );
      return { ...answer, file, line: Number(line) };
    },
  };

  async function ask(
    template: Template,
    values: Inputs,
    directoryContents: DryRunFile[],
  ): Promise<Rendered> {
    const response = await fetch(`${baseUrl}/api/scaffolder/v2/dry-run`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify({ template, values, directoryContents }),
    });
    const text = await response.text();
    if (response.status === 401 || response.status === 503) {
      throw new ServiceUnavailableError(`The engine says ${text}`);
    }
    return readAnswer(response.ok, text);
  }
}

function readAnswer(ok: boolean, text: string): Rendered {
  const answer: unknown = JSON.parse(text);
  if (ok) {
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
    return {
      kind: 'refused',
      reasons: refused.data.errors.map(({ stack }) => stack),
    };
  }
  const failed = z
    .object({ error: z.object({ message: z.string() }) })
    .safeParse(answer);
  return {
    kind: 'failed',
    message: failed.success ? failed.data.error.message : text,
  };
}
