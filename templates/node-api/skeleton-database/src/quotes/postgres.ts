import type { Pool } from 'pg';
import type { Line } from './price.ts';
import type { Quote } from './quote.ts';
import type { QuoteStore } from './store.ts';

/** A row as the driver gives it: a bigint is text, since it may be too large. */
interface QuoteRow {
  id: string;
  currency: string;
  lines: Line[];
  net_minor: string;
  vat_minor: string;
  vat_basis_points: number;
  created_at: Date;
  valid_until: Date;
  accepted_at: Date | null;
}

function toQuote(row: QuoteRow): Quote {
  const [netMinor, vatMinor] = [Number(row.net_minor), Number(row.vat_minor)];
  return {
    id: row.id,
    currency: row.currency,
    lines: row.lines,
    netMinor,
    vatMinor,
    grossMinor: netMinor + vatMinor,
    vatBasisPoints: row.vat_basis_points,
    createdAt: row.created_at,
    validUntil: row.valid_until,
    acceptedAt: row.accepted_at,
  };
}

/** Keeps quotes in PostgreSQL. */
export class PostgresQuotes implements QuoteStore {
  readonly #pool: Pool;

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  async add(quote: Quote) {
    await this.#pool.query(
      `INSERT INTO quotes (id, currency, lines, net_minor, vat_minor,
         vat_basis_points, created_at, valid_until, accepted_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
      [
        quote.id,
        quote.currency,
        // The driver would write a list as an array of PostgreSQL.
        JSON.stringify(quote.lines),
        quote.netMinor,
        quote.vatMinor,
        quote.vatBasisPoints,
        quote.createdAt,
        quote.validUntil,
        quote.acceptedAt,
      ],
    );
  }

  async find(id: string) {
    const [quote] = await this.#select('SELECT * FROM quotes WHERE id = $1', [
      id,
    ]);
    return quote;
  }

  list(after: string | undefined, limit: number) {
    return after === undefined
      ? this.#select('SELECT * FROM quotes ORDER BY created_at, id LIMIT $1', [
          limit,
        ])
      : this.#select(
          `SELECT * FROM quotes
           WHERE (created_at, id) >
             (SELECT created_at, id FROM quotes WHERE id = $1)
           ORDER BY created_at, id LIMIT $2`,
          [after, limit],
        );
  }

  async accept(id: string, at: Date) {
    // One statement, so that of many at once exactly one accepts.
    const [quote] = await this.#select(
      `UPDATE quotes
       SET accepted_at =
         coalesce(accepted_at, CASE WHEN valid_until > $2 THEN $2 END)
       WHERE id = $1
       RETURNING *`,
      [id, at],
    );
    return quote;
  }

  async #select(statement: string, values: unknown[]): Promise<Quote[]> {
    const { rows } = await this.#pool.query<QuoteRow>(statement, values);
    return rows.map(toQuote);
  }
}
