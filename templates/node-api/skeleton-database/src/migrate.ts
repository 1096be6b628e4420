import { loadConfigOrExit } from './config.ts';
import { createLogger } from './logger.ts';
import { migrate } from './migrations.ts';

// A command of the image, run before a new version is: node dist/migrate.js
const config = loadConfigOrExit();
const logger = createLogger(config.LOG_LEVEL);
try {
  const migrations = await migrate(config.DATABASE_URL, logger);
  logger.info({ migrations }, 'the database is up to date');
} catch (err) {
  logger.fatal({ err }, 'the database could not be migrated');
  process.exitCode = 1;
}
