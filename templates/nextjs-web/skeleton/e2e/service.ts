import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** The built service as a process of its own, as the image runs it. */
export interface Service {
  url: string;
  process: ChildProcess;
  /** Lines of the log so far. */
  log(): Record<string, unknown>[];
  metrics(): Promise<string>;
  stop(): Promise<void>;
}

const START = '.next/standalone/src/start.ts';

/** Starts `node src/start.ts` and takes what it prints. */
export function run(env: Record<string, string>) {
  const child = spawn(process.execPath, [START], {
    env: { NODE_ENV: 'production', PATH: process.env.PATH, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', chunk => {
    stdout += chunk;
  });
  child.stderr.on('data', chunk => {
    stderr += chunk;
  });
  return { child, stdout: () => stdout, stderr: () => stderr };
}

/** Starts the service on free ports and waits until it is ready. */
export async function startService(
  env: Record<string, string> = {},
): Promise<Service> {
  const [port, metricsPort] = await freePorts();
  const { child, stdout, stderr } = run({
    HOST: '127.0.0.1',
    PORT: String(port),
    METRICS_PORT: String(metricsPort),
    SHUTDOWN_DELAY_SECONDS: '0',
    ...env,
  });
  const url = `http://127.0.0.1:${port}`;
  for (let tries = 0; ; tries += 1) {
    const ready = await fetch(`${url}/readyz`).catch(() => undefined);
    if (ready?.ok) break;
    if (child.exitCode !== null || tries > 200) {
      throw new Error(`The service did not start: ${stdout()}${stderr()}`);
    }
    await sleep(50);
  }
  return {
    url,
    process: child,
    log: () => {
      const lines = stdout().split('\n').filter(Boolean);
      return lines.map(line => JSON.parse(line));
    },
    metrics: async () => {
      const response = await fetch(`http://127.0.0.1:${metricsPort}/metrics`);
      return response.text();
    },
    stop: async () => {
      if (child.exitCode !== null) return;
      child.kill('SIGKILL');
      await once(child, 'exit');
    },
  };
}

/** Starts a server of a test; resolves with its address. */
export async function listen(server: Server): Promise<string> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function freePorts(): Promise<number[]> {
  const servers = [createServer(), createServer()];
  const urls = await Promise.all(servers.map(listen));
  for (const server of servers) server.close();
  return urls.map(url => Number(new URL(url).port));
}
