import { createServer, IncomingHttpHeaders, Server } from 'node:http';
import { AddressInfo } from 'node:net';

/** One webhook call as it came in. */
export interface Received {
  headers: IncomingHttpHeaders;
  body: string;
}

/** A webhook receiver on a port of its own. */
export class Receiver {
  readonly calls: Received[] = [];
  /** Status it answers with. */
  status = 202;
  private server?: Server;
  private waiting: (() => void)[] = [];
  port = 0;

  static async start(port = 0): Promise<Receiver> {
    const receiver = new Receiver();
    await receiver.listen(port);
    return receiver;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}/hook`;
  }

  async listen(port: number): Promise<void> {
    const server = createServer((req, res) => {
      const chunks: Buffer[] = [];
      req.on('data', chunk => chunks.push(chunk));
      req.on('end', () => {
        const body = Buffer.concat(chunks).toString('utf8');
        this.calls.push({ headers: req.headers, body });
        res.writeHead(this.status).end('received');
        this.waiting.splice(0).forEach(wake => wake());
      });
    });
    this.server = server;
    await new Promise<void>(resolve =>
      server.listen(port, '127.0.0.1', resolve),
    );
    this.port = (server.address() as AddressInfo).port;
  }

  async close(): Promise<void> {
    const { server } = this;
    server?.closeAllConnections();
    await new Promise(resolve => server?.close(resolve));
  }

  /** Calls of an event, parsed. */
  events<T = Record<string, unknown>>(name: string): T[] {
    return this.calls
      .filter(call => call.headers['x-github-event'] === name)
      .map(call => JSON.parse(call.body));
  }

  /** Waits until something holds; calls come in one by one. */
  async until(holds: () => boolean): Promise<void> {
    while (!holds()) {
      await new Promise<void>(resolve => this.waiting.push(resolve));
    }
  }
}
