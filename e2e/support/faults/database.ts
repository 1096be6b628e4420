import { Client } from 'pg';
import { Place, secretsOf, shared } from './place';

/**
 * Looks for texts in every column of every table.
 *
 * @returns `schema.table`, each with a count of the rows that hold one of them
 */
export function searchDatabase(
  texts: string[],
  place = shared,
): Promise<Record<string, number>> {
  return withClient(place, async client => {
    const { rows } = await client.query<{ schema: string; name: string }>(
      `SELECT table_schema AS schema, table_name AS name
         FROM information_schema.tables
        WHERE table_type = 'BASE TABLE'
          AND table_schema NOT IN ('pg_catalog', 'information_schema')`,
    );
    const needles = texts.flatMap(text => [
      text,
      // Bytes show as hexadecimal digits in a row's text.
      Buffer.from(text).toString('hex'),
    ]);
    const found: Record<string, number> = {};
    for (const { schema, name } of rows) {
      const table = `${client.escapeIdentifier(
        schema,
      )}.${client.escapeIdentifier(name)}`;
      const { rows: counts } = await client.query<{ n: string }>(
        `SELECT count(*) AS n FROM ${table} AS t
          WHERE EXISTS (
            SELECT FROM unnest($1::text[]) AS text
             WHERE strpos(t::text, text) > 0)`,
        [needles],
      );
      const count = Number(counts[0].n);
      if (count > 0) found[`${schema}.${name}`] = count;
    }
    return found;
  });
}

/**
 * Counts rows.
 *
 * @param query - such as `scaffolder.tasks WHERE secrets IS NOT NULL`
 */
export function countRows(query: string, place = shared): Promise<number> {
  return withClient(place, async client => {
    const { rows } = await client.query<{ n: string }>(
      `SELECT count(*) AS n FROM ${query}`,
    );
    return Number(rows[0].n);
  });
}

async function withClient<T>(
  place: Place,
  work: (client: Client) => Promise<T>,
): Promise<T> {
  const client = new Client({
    host: '127.0.0.1',
    port: place.postgresPort,
    user: 'waymark',
    password: secretsOf(place).postgresPassword,
    database: 'waymark',
  });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
