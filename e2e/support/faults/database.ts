import { Client } from 'pg';
import { Place, secretsOf, shared } from './place';

/**
 * Looks for a text in every column of every table.
 *
 * @returns `schema.table`, each with a count of the rows that hold it
 */
export async function searchDatabase(
  text: string,
  place = shared,
): Promise<Record<string, number>> {
  const client = new Client({
    host: '127.0.0.1',
    port: place.postgresPort,
    user: 'waymark',
    password: secretsOf(place).postgresPassword,
    database: 'waymark',
  });
  await client.connect();
  try {
    const { rows } = await client.query<{ schema: string; name: string }>(
      `SELECT table_schema AS schema, table_name AS name
         FROM information_schema.tables
        WHERE table_type = 'BASE TABLE'
          AND table_schema NOT IN ('pg_catalog', 'information_schema')`,
    );
    const found: Record<string, number> = {};
    for (const { schema, name } of rows) {
      const table = `${client.escapeIdentifier(
        schema,
      )}.${client.escapeIdentifier(name)}`;
      const { rows: counts } = await client.query<{ n: string }>(
        // Bytes show as hexadecimal digits in a row's text.
        `SELECT count(*) AS n FROM ${table} AS t
          WHERE strpos(t::text, $1) > 0 OR strpos(t::text, $2) > 0`,
        [text, Buffer.from(text).toString('hex')],
      );
      if (Number(counts[0].n) > 0) {
        found[`${schema}.${name}`] = Number(counts[0].n);
      }
    }
    return found;
  } finally {
    await client.end();
  }
}
