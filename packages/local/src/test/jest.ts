import { join } from 'node:path';
import { runCommand } from './command';
import { withTemporaryPostgres } from './temporaryPostgres';

/**
 * Runs Backstage's test command with a PostgreSQL for the tests that need one.
 *
 * @returns its exit code
 */
export function runJest(root: string, args: string[]): Promise<number> {
  return withTemporaryPostgres(connectionString =>
    runCommand(
      process.execPath,
      [
        join(root, 'node_modules/@backstage/cli/bin/backstage-cli'),
        'repo',
        'test',
        ...args,
      ],
      {
        cwd: root,
        env: {
          ...process.env,
          BACKSTAGE_TEST_DISABLE_DOCKER: '1',
          BACKSTAGE_TEST_DATABASE_POSTGRES18_CONNECTION_STRING:
            connectionString,
        },
      },
    ),
  );
}
