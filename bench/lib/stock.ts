import { join } from 'node:path';
import { PortalPage } from './browser';
import { cleanEnvironment, configVariables } from './environment';
import { READINESS, signIn } from './http';
import { ports, stockApp, work } from './paths';
import { Connection } from './postgres';
import { Running, startProcess } from './processes';

const frontend = `http://localhost:${ports.stock.frontend}`;
const backend = `http://localhost:${ports.stock.backend}`;
const built = `http://localhost:${ports.stock.built}`;

/** What the browser keeps of a guest who entered before. */
const storage = { '@backstage/core:SignInPage:provider': 'guest' };

/** Stock as its README starts it: `yarn start`. */
export const stockDev: { start(): Running; page: PortalPage } = {
  page: {
    catalog: `${frontend}/`,
    ready: [`${frontend}/`, `${backend}${READINESS}`],
    storage,
  },
  start: () =>
    startProcess(
      {
        file: process.execPath,
        args: [join(stockApp, '.yarn/releases/yarn-4.13.0.cjs'), 'start'],
        cwd: stockApp,
        env: cleanEnvironment(
          configVariables({
            'app.baseUrl': frontend,
            'backend.baseUrl': backend,
            'backend.listen': `127.0.0.1:${ports.stock.backend}`,
            'backend.cors.origin': frontend,
          }),
        ),
      },
      join(work, 'logs/stock-dev.log'),
    ),
};

/** Stock as its image starts it, serving the built app, over PostgreSQL. */
export const stockBuilt = {
  url: built,
  page: {
    catalog: `${built}/`,
    ready: [`${built}${READINESS}`, `${built}/`],
    storage,
  } satisfies PortalPage,

  /** `config` is laid over what create-app wrote. */
  start: (database: Connection, config: Record<string, unknown> = {}) =>
    startProcess(
      {
        file: process.execPath,
        args: [
          'packages/backend',
          '--config',
          'app-config.yaml',
          '--config',
          'app-config.production.yaml',
        ],
        cwd: stockApp,
        env: cleanEnvironment({
          NODE_ENV: 'production',
          POSTGRES_HOST: database.host,
          POSTGRES_PASSWORD: database.password,
          POSTGRES_PORT: String(database.port),
          POSTGRES_USER: database.user,
          ...configVariables({
            'app.baseUrl': built,
            'backend.baseUrl': built,
            'backend.listen': `127.0.0.1:${ports.stock.built}`,
            // The image refuses guests; there is nobody else to enter as.
            'auth.providers.guest.dangerouslyAllowOutsideDevelopment': true,
            ...config,
          }),
        }),
      },
      join(work, 'logs/stock-built.log'),
    ),

  signIn: () => signIn(`${built}/api/auth/guest/refresh`, {}),
};
