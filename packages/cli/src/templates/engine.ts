import { randomBytes } from 'node:crypto';
import { createBackend } from '@backstage/backend-defaults';
import { WinstonLogger } from '@backstage/backend-defaults/rootLogger';
import {
  coreServices,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import { ConfigReader } from '@backstage/config';
import { ServiceUnavailableError } from '@backstage/errors';
import scaffolder from '@backstage/plugin-scaffolder-backend';
import scaffolderGithub from '@backstage/plugin-scaffolder-backend-module-github';
import {
  dryRunContents,
  dryRunTemplate,
} from '@waymark/backstage-plugin-golden-paths-node';
import scaffolderWaymark from '@waymark/backstage-plugin-scaffolder-backend-module-waymark';
import { freePort, withTemporaryPostgres } from '@waymark/local';
import { z } from 'zod';
import { GoldenPath } from './goldenPath';
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
  | { kind: 'failed'; message: string };

/** Renders golden paths as the portal does. */
export interface Engine {
  render(path: GoldenPath, values: Inputs): Promise<Rendered>;
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
    const backend = createScaffolder(port, token, connection);
    await backend.start();
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

function createScaffolder(port: number, token: string, connection: string) {
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
      factory: () => WinstonLogger.create({ level: 'error' }),
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
      const response = await fetch(`${baseUrl}/api/scaffolder/v2/dry-run`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${token}`,
          'content-type': 'application/json',
        },
        body: JSON.stringify({
          template: dryRunTemplate(path.template),
          values,
          directoryContents: await dryRunContents(path.folder),
        }),
      });
      const text = await response.text();
      if (response.status === 401 || response.status === 503) {
        throw new ServiceUnavailableError(`The engine says ${text}`);
      }
      return readAnswer(response.ok, text);
    },
  };
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
