import type { ClientConfig } from 'pg';
import { parse, toClientConfig } from 'pg-connection-string';

/**
 * Reads DATABASE_URL with libpq's meaning of `sslmode`, as psql and services in
 * other languages do.
 *
 * @throws Error where it is no address of a PostgreSQL database.
 */
export function connectionOf(url: string): ClientConfig {
  const connection = toClientConfig(parse(url, { useLibpqCompat: true }));
  if (!/^postgres(ql)?:/.test(url) || !connection.database) {
    throw new Error('This is no address of a PostgreSQL database.');
  }
  return connection;
}
