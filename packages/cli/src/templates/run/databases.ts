import { createDatabase } from '@waymark/local';

/** PostgreSQL databases, each for one use. */
export interface Databases {
  /** The address of a database that nobody has used. */
  fresh(): Promise<string>;
}

/** @param server - address of a PostgreSQL server that may be filled */
export function databasesOf(server: string): Databases {
  let count = 0;
  return {
    fresh() {
      count += 1;
      return createDatabase(server, `made_service_${count}`);
    },
  };
}
