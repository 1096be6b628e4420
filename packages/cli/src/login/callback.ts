import { timingSafeEqual } from 'node:crypto';
import { createServer, ServerResponse } from 'node:http';
import { AddressInfo } from 'node:net';
import { InputError } from '@backstage/errors';

const PATIENCE_MS = 10 * 60_000;

/** Where the browser comes back to. */
export interface Callback {
  redirectUri: string;
  /** The code that it brings; rejects where the sign-in was refused. */
  code: Promise<string>;
  close(): void;
}

/**
 * Waits on this machine for the browser to come back from the portal.
 *
 * @param state - that the browser has to bring along: nobody else knows it
 * @param port - 0 for any that is free
 * @throws InputError where the port is taken
 */
export async function awaitBrowser(
  state: string,
  port: number,
): Promise<Callback> {
  let settle: { resolve(code: string): void; reject(error: Error): void };
  const code = new Promise<string>((resolve, reject) => {
    settle = { resolve, reject };
  });
  // Whoever waits for it gets the error; until then it is not one of nobody's.
  code.catch(() => undefined);
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1');
    if (url.pathname !== '/callback' || request.method !== 'GET') {
      answer(response, 404, 'There is nothing here.');
      return;
    }
    const brought = url.searchParams.get('state') ?? '';
    if (!isSame(brought, state)) {
      answer(
        response,
        400,
        'This is not of the sign-in that waymark waits for. Start it again in the terminal.',
      );
      return;
    }
    const given = url.searchParams.get('code');
    if (given) {
      answer(
        response,
        200,
        'You are signed in. Close this page and go on in the terminal.',
      );
      settle.resolve(given);
      return;
    }
    answer(response, 200, 'You are not signed in. The terminal says more.');
    const denied = url.searchParams.get('error') === 'access_denied';
    const why =
      url.searchParams.get('error_description') ?? 'it gave no reason';
    settle.reject(
      new Error(
        denied
          ? 'Not signed in: it was cancelled in the browser.'
          : `Not signed in: the portal refused it: ${why}.`,
      ),
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(
        new InputError(
          error.code === 'EADDRINUSE'
            ? `Port ${port} is taken on this machine. Name another by --port.`
            : `The browser cannot come back to port ${port}: ${error.message}`,
        ),
      ),
    );
    server.listen(port, '127.0.0.1', resolve);
  });
  const timer = setTimeout(
    () =>
      settle.reject(
        new Error(
          `Not signed in: the browser did not come back within ${
            PATIENCE_MS / 60_000
          } minutes.`,
        ),
      ),
    PATIENCE_MS,
  );
  return {
    redirectUri: `http://127.0.0.1:${
      (server.address() as AddressInfo).port
    }/callback`,
    code,
    close() {
      clearTimeout(timer);
      server.close();
      server.closeIdleConnections();
    },
  };
}

function answer(response: ServerResponse, status: number, words: string) {
  response.writeHead(status, {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'",
    'referrer-policy': 'no-referrer',
    connection: 'close',
  });
  response.end(`<!doctype html>
<html lang="en">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<title>Waymark</title>
<style>body { font: 1.1rem system-ui, sans-serif; margin: 20vh auto; max-width: 32rem; padding: 0 1rem }</style>
<h1>Waymark</h1>
<p>${words}</p>
</html>
`);
}

function isSame(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}
