import { connect, createServer, Server, Socket } from 'node:net';

/** Which answer of the database server is kept back. */
export interface Moment {
  /** The statement that it answers. */
  statement: RegExp;
  /** Text that is in the answer. */
  answer?: string;
}

/** An answer that is kept back. */
export interface Hold {
  /** The server has done it and has answered; who asked does not know yet. */
  arrived: Promise<void>;
  release(): void;
}

interface Waiting extends Moment {
  onArrived(): void;
  released: Promise<void>;
}

/**
 * Stands between a replica and its database, and keeps back one answer. A process can
 * so be stopped or killed between what it did and what it knows, without waiting for
 * luck.
 */
export class HoldingProxy {
  private readonly waiting: Waiting[] = [];
  private readonly sockets = new Set<Socket>();

  private constructor(private readonly server: Server, readonly port: number) {}

  static start(upstreamPort: number): Promise<HoldingProxy> {
    return new Promise(resolve => {
      const server = createServer();
      server.listen(0, '127.0.0.1', () => {
        const { port } = server.address() as { port: number };
        const proxy = new HoldingProxy(server, port);
        server.on('connection', client => proxy.pass(client, upstreamPort));
        resolve(proxy);
      });
    });
  }

  hold(moment: Moment): Hold {
    let onArrived!: () => void;
    let release!: () => void;
    const arrived = new Promise<void>(resolve => {
      onArrived = resolve;
    });
    const released = new Promise<void>(resolve => {
      release = resolve;
    });
    this.waiting.push({ ...moment, onArrived, released });
    return { arrived, release };
  }

  stop(): void {
    this.server.close();
    for (const socket of this.sockets) socket.destroy();
  }

  private pass(client: Socket, upstreamPort: number): void {
    const upstream = connect(upstreamPort, '127.0.0.1');
    let asked = '';
    let answered = false;
    client.on('data', chunk => {
      if (answered) asked = '';
      answered = false;
      asked += chunk.toString('latin1');
      upstream.write(chunk);
    });
    upstream.on('data', async chunk => {
      answered = true;
      const index = this.waiting.findIndex(
        ({ statement, answer }) =>
          statement.test(asked) && (!answer || chunk.includes(answer)),
      );
      if (index >= 0) {
        const [{ onArrived, released }] = this.waiting.splice(index, 1);
        upstream.pause();
        onArrived();
        await released;
        upstream.resume();
      }
      client.write(chunk);
    });
    for (const [one, other] of [
      [client, upstream],
      [upstream, client],
    ]) {
      this.sockets.add(one);
      one.on('error', () => other.destroy());
      one.on('close', () => {
        this.sockets.delete(one);
        other.destroy();
      });
    }
  }
}
