import { loadConfig } from './config.ts';

// What the image's HEALTHCHECK runs: ends with 0 when the service answers.
const { PORT } = loadConfig(process.env);
const healthy = await fetch(`http://127.0.0.1:${PORT}/healthz`, {
  signal: AbortSignal.timeout(2_000),
}).then(
  response => response.ok,
  () => false,
);
process.exitCode = healthy ? 0 : 1;
