import {
  createServer,
  IncomingMessage,
  OutgoingHttpHeaders,
  request,
  Server,
} from 'node:http';
import { AddressInfo, connect, Socket } from 'node:net';

/** Where a call is stopped: before the forge sees it, or after it was done. */
export type Moment = 'before' | 'after';

/** A call to the forge that is to be stopped, once. */
export interface Hold {
  moment: Moment;
  /** Such as `POST /api/v3/orgs/tidewater/repos`. */
  call: string | RegExp;
  /** Something in the call's body, where the address does not tell. */
  body?: string;
}

/** A call that is stopped, or will be. */
export interface Held {
  arrived: Promise<void>;
  release: () => void;
}

/** A call whose answer gets lost on its way back, once. */
export type Lost = Pick<Hold, 'call' | 'body'>;

/** How a call is answered in the forge's place. */
export interface Answered {
  call: RegExp;
  status: number;
  headers?: Record<string, string>;
  body?: Buffer;
}

/**
 * An ordinary HTTP proxy between the portal and the rest of the world, which
 * can keep a call waiting for ever at a chosen moment: so that a process can
 * be killed exactly there.
 */
export class HoldingProxy {
  private readonly holds = new Map<Hold, () => Promise<void>>();
  private readonly answers: Answered[] = [];
  private readonly lost = new Set<Lost>();
  private readonly sockets = new Set<Socket>();
  /** Where each tunnel leads, by the port its end here has. */
  private readonly tunnels = new Map<number, string>();
  /** Every call that came through: method and address. */
  readonly calls: string[] = [];

  private constructor(private readonly server: Server) {}

  static async start(): Promise<HoldingProxy> {
    const server = createServer();
    const proxy = new HoldingProxy(server);
    server.on('request', (incoming, response) =>
      proxy.pass(incoming).then(
        ({ status, headers, body }) => {
          response.writeHead(status, headers);
          response.end(body);
        },
        () => response.destroy(),
      ),
    );
    // Clients may ask for a tunnel; what comes through it is plain HTTP again.
    server.on('connect', (incoming, socket: Socket, head: Buffer) => {
      const back = connect((server.address() as AddressInfo).port, '127.0.0.1');
      back.once('connect', () => {
        proxy.tunnels.set(back.localPort!, incoming.url!);
        socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
        back.write(head);
        back.pipe(socket).pipe(back);
      });
      back.on('error', () => socket.destroy());
      back.once('close', () => socket.destroy());
      socket.once('close', () => back.destroy());
    });
    server.on('connection', socket => {
      proxy.sockets.add(socket);
      socket.on('error', () => undefined);
      socket.once('close', () => proxy.sockets.delete(socket));
    });
    await new Promise<void>(resolve =>
      server.listen(0, '127.0.0.1', () => resolve()),
    );
    return proxy;
  }

  get url() {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Keeps the next such call, until it is let go or its caller is gone. */
  hold(hold: Hold): Held {
    let release = () => undefined as void;
    const released = new Promise<void>(resolve => (release = resolve));
    const arrived = new Promise<void>((resolve, reject) => {
      const patience = setTimeout(() => {
        const last = this.calls.slice(-20).join('\n');
        reject(new Error(`No ${hold.call} within two minutes, but:\n${last}`));
      }, 120_000);
      this.holds.set(hold, () => {
        clearTimeout(patience);
        resolve();
        return released;
      });
    });
    return { arrived, release };
  }

  /** Answers in the forge's place from now on; the result ends that. */
  answer(answered: Answered): () => void {
    this.answers.push(answered);
    return () => this.answers.splice(this.answers.indexOf(answered), 1);
  }

  /** The forge does it, and the portal never hears of it. */
  loseAnswer(lost: Lost) {
    this.lost.add(lost);
  }

  async stop() {
    this.server.close();
    for (const socket of this.sockets) socket.destroy();
  }

  private async pass(incoming: IncomingMessage) {
    const authority = this.tunnels.get(incoming.socket.remotePort!);
    const url = new URL(incoming.url!, `http://${authority}`);
    const body = await readAll(incoming);
    const call = `${incoming.method} ${url.pathname}${url.search}`;
    this.calls.push(call);

    const answered = this.answers.find(one => one.call.test(call));
    if (answered) {
      const { status, headers = {}, body: text } = answered;
      return { status, headers, body: text };
    }
    await this.stopAt('before', call, body);
    const answer = await forward(incoming, url, body);
    await this.stopAt('after', call, body);
    for (const lost of this.lost) {
      if (matches(lost, call, body)) {
        this.lost.delete(lost);
        throw new Error('Lost');
      }
    }
    return answer;
  }

  private async stopAt(moment: Moment, call: string, body: Buffer) {
    for (const [hold, arrived] of this.holds) {
      if (hold.moment === moment && matches(hold, call, body)) {
        this.holds.delete(hold);
        await arrived();
      }
    }
  }
}

function matches(wanted: Lost, call: string, body: Buffer): boolean {
  const isCall =
    typeof wanted.call === 'string'
      ? wanted.call === call
      : wanted.call.test(call);
  return isCall && body.includes(wanted.body ?? '');
}

async function forward(incoming: IncomingMessage, url: URL, body: Buffer) {
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    const headers: OutgoingHttpHeaders = {
      ...incoming.headers,
      host: url.host,
    };
    delete headers['proxy-connection'];
    const sent = request(url, { method: incoming.method, headers }, resolve);
    sent.once('error', reject);
    sent.end(body);
  });
  const headers = { ...answer.headers };
  // These are about the connection it came by.
  delete headers.connection;
  delete headers['transfer-encoding'];
  return { status: answer.statusCode!, headers, body: await readAll(answer) };
}

async function readAll(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
