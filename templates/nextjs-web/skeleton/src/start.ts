// What the image runs: checks the configuration, then starts the server that
// `next build` wrote. Node.js runs this file as it is, without a build.
import { loadConfigOrExit } from './server/config.ts';
import { captureConsole, createLogger } from './server/logger.ts';

const config = loadConfigOrExit();
captureConsole(createLogger(config.LOG_LEVEL));

// The names that Next.js reads. In a container HOSTNAME is the pod's name,
// which would make the server deaf to localhost.
process.env.HOSTNAME = config.HOST;
process.env.PORT = String(config.PORT);
// Shutting down is done by src/server/shutdown.ts.
process.env.NEXT_MANUAL_SIG_HANDLE = 'true';
// Longer than gateways keep a connection that nobody uses, or they send a
// request into one that is just being closed.
process.env.KEEP_ALIVE_TIMEOUT = '72000';
// The span of a call to the parcels API is the one that carries the trace on.
process.env.NEXT_OTEL_FETCH_DISABLED = '1';

await import(new URL('../server.js', import.meta.url).href);
