import { createServer, Server } from 'node:http';
import { AddressInfo } from 'node:net';

/** A server on this machine that nobody may be made to call. */
export class Canary {
  /** The address of every call that came in. */
  readonly hits: string[] = [];

  private constructor(private readonly server: Server) {}

  static async start(body: string): Promise<Canary> {
    const server = createServer();
    const canary = new Canary(server);
    server.on('request', (incoming, response) => {
      canary.hits.push(incoming.url!);
      response.end(body);
    });
    await new Promise<void>(resolve =>
      server.listen(0, '127.0.0.1', () => resolve()),
    );
    return canary;
  }

  get port() {
    return (this.server.address() as AddressInfo).port;
  }

  async stop() {
    this.server.closeAllConnections();
    await new Promise(resolve => this.server.close(resolve));
  }
}
