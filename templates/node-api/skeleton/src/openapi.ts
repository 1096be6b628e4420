import { writeFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import { stringify } from 'yaml';
import { createApp } from './app.ts';
import { loadConfig } from './config.ts';
import { Readiness } from './health.ts';
import { createLogger } from './logger.ts';
import { createRegistry } from './metrics.ts';
import { startTelemetry } from './telemetry.ts';

/** The OpenAPI description of the routes as they are. */
export async function describeApi() {
  const app = await createApp({
    config: loadConfig({}),
    logger: createLogger('silent'),
    registry: createRegistry(),
    readiness: new Readiness(),
    telemetry: startTelemetry(undefined),
  });
  await app.ready();
  const description = app.swagger();
  await app.close();
  return description;
}

// `npm run openapi` writes the file that the catalog shows.
const [, script, target] = process.argv;
if (script && target && import.meta.url === pathToFileURL(script).href) {
  const description = JSON.parse(JSON.stringify(await describeApi()));
  await writeFile(target, stringify(description, { lineWidth: 0 }));
}
