import { createServer, RequestListener, Server } from 'node:http';
import { AddressInfo } from 'node:net';

/** Servers on this machine, ended after each test. */
const servers: Server[] = [];

/** Starts one; answers with its port and with what was asked of it. */
export async function serve(
  listener: RequestListener,
): Promise<{ port: number; calls: string[]; server: Server }> {
  const calls: string[] = [];
  const server = createServer((request, response) => {
    calls.push(`${request.method} ${request.url}`);
    listener(request, response);
  });
  servers.push(server);
  await new Promise<void>(resolve =>
    server.listen(0, '127.0.0.1', () => resolve()),
  );
  return { port: (server.address() as AddressInfo).port, calls, server };
}

export const redirectTo =
  (location: string): RequestListener =>
  (_request, response) =>
    response.writeHead(302, { location }).end();

export async function endServers() {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise(resolve => server.close(resolve));
  }
}
