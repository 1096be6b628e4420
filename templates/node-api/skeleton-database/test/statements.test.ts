import { expect, it } from 'vitest';
import { createRegistry } from '../src/metrics.ts';
import { PostgresQuotes } from '../src/quotes/postgres.ts';
import { startTelemetry } from '../src/telemetry.ts';
import { startCollector } from './collector.ts';
import { aQuote } from './stores.ts';
import { keepLog, startApp } from './support.ts';

const url = process.env.DATABASE_URL;

it.skipIf(!url)(
  'traces the statements of a request, not its probes',
  async () => {
    const collector = await startCollector();
    const telemetry = startTelemetry(collector.endpoint);
    // As in main.ts: what loads the driver comes after tracing has begun.
    const { Database } = await import('../src/database.ts');
    const { migrate } = await import('../src/migrations.ts');
    const { createSchema } = await import('./schema.ts');
    const { logger } = keepLog();
    const schema = await createSchema(url ?? '');
    await migrate(schema.config.DATABASE_URL, logger);
    const database = new Database(schema.config, logger, createRegistry());
    const quotes = new PostgresQuotes(database.pool);
    const { app } = await startApp({}, { telemetry, quotes });

    const quote = aQuote();
    await quotes.add(quote);
    const response = await app.inject(`/v1/quotes/${quote.id}`);
    expect(response.statusCode).toBe(200);
    expect(await database.answers()).toBe(true);

    await app.close();
    await database.close();
    await schema.drop();
    await telemetry.shutdown();
    collector.close();
    const sent = collector.received();
    expect(sent.includes('SELECT * FROM quotes WHERE id = $1')).toBe(true);
    expect(sent.includes('INSERT INTO quotes')).toBe(false);
    expect(sent.includes('SELECT 1')).toBe(false);
  },
);
