import { createServer } from 'node:net';
import { StartError } from './fail';

/** The ports of a laptop run. */
export interface Ports {
  portal: number;
  forge: number;
  postgres: number;
}

const PORTS = {
  portal: { flag: '--port', variable: 'WAYMARK_PORT', fallback: 7007 },
  forge: {
    flag: '--forge-port',
    variable: 'WAYMARK_FORGE_PORT',
    fallback: 7300,
  },
  postgres: {
    flag: '--postgres-port',
    variable: 'WAYMARK_POSTGRES_PORT',
    fallback: 7432,
  },
} as const;

/** Reads the ports: a flag wins over the environment, which wins over 7xxx. */
export function readPorts(
  flags: { [name in keyof Ports]?: string },
  env: NodeJS.ProcessEnv,
): Ports {
  const read = (name: keyof Ports) => {
    const { flag, variable, fallback } = PORTS[name];
    const text = flags[name] ?? env[variable];
    if (text === undefined) return fallback;
    const port = Number(text);
    if (!Number.isInteger(port) || port < 1 || port > 65535) {
      throw new StartError(
        `${text} is not a port.`,
        `Give ${flag} (or ${variable}) a number from 1 to 65535.`,
      );
    }
    return port;
  };
  return {
    portal: read('portal'),
    forge: read('forge'),
    postgres: read('postgres'),
  };
}

/** Fails with the option to change where something else holds the port. */
export async function assertFree(name: keyof Ports, port: number) {
  if (await isFree(port)) return;
  const { flag, variable } = PORTS[name];
  throw new StartError(
    `Port ${port} (${name}) is in use by another program.`,
    `Stop that program, or choose another port with ${flag} <port> or ${variable}=<port>.`,
  );
}

function isFree(port: number): Promise<boolean> {
  return new Promise(resolve => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () =>
      server.close(() => resolve(true)),
    );
  });
}
