import { createServer, RequestListener, Server } from 'node:http';
import { AddressInfo } from 'node:net';
import { ForgeStartError } from './errors';

/** How long open requests may go on once the forge is told to stop. */
const GRACE_MS = 5000;

/** One port on one or both loopback addresses. */
export interface Listeners {
  port: number;
  close(): Promise<void>;
}

/**
 * Listens. Without a host both loopback addresses are taken, because
 * `localhost` may resolve to either; a machine without IPv6 has only one.
 *
 * @throws ForgeStartError `EADDRINUSE` which names the port
 */
export async function listen(
  handler: RequestListener,
  wantedPort: number,
  host: string | undefined,
): Promise<Listeners> {
  const first = await listenOn(handler, wantedPort, host ?? '127.0.0.1');
  const { port } = first.address() as AddressInfo;
  const servers = [first];
  if (host === undefined) {
    try {
      servers.push(await listenOn(handler, port, '::1'));
    } catch (error) {
      const { code } = error as { code?: string };
      if (code !== 'EADDRNOTAVAIL' && code !== 'EAFNOSUPPORT') {
        await closeServer(first);
        throw error;
      }
    }
  }
  return {
    port,
    close: async () => {
      await Promise.all(servers.map(closeServer));
    },
  };
}

function listenOn(
  handler: RequestListener,
  port: number,
  host: string,
): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer(
      { requestTimeout: 0, headersTimeout: 30_000 },
      handler,
    );
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(
        error.code === 'EADDRINUSE'
          ? new ForgeStartError(
              'EADDRINUSE',
              `Port ${port} for the Git forge is in use on ${host}. Stop what uses it or choose another port.`,
              error,
            )
          : error,
      );
    });
    server.listen({ port, host, ipv6Only: host.includes(':') }, () =>
      resolve(server),
    );
  });
}

/** Ends idle connections at once and the others after a while. */
function closeServer(server: Server): Promise<void> {
  return new Promise(resolve => {
    const timer = setTimeout(() => server.closeAllConnections(), GRACE_MS);
    server.close(() => {
      clearTimeout(timer);
      resolve();
    });
    server.closeIdleConnections();
  });
}
