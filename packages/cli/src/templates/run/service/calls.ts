import { createServer } from 'node:http';
import { connect } from 'node:http2';
import { AddressInfo } from 'node:net';
import { ServiceTest } from './schema';

/** An answer of a service, or nothing where it does not answer. */
export async function get(
  port: number,
  path: string,
): Promise<{ status: number; text: string } | undefined> {
  try {
    const response = await fetch(`http://127.0.0.1:${port}${path}`);
    return { status: response.status, text: await response.text() };
  } catch {
    return undefined;
  }
}

/**
 * Makes the call that a path's tests name.
 *
 * @returns what is wrong with the answer
 */
export async function call(
  port: number,
  { protocol, method, path, body, status }: ServiceTest['request'],
): Promise<string | undefined> {
  if (protocol === 'grpc') return callGrpc(port, path);
  const response = await fetch(`http://127.0.0.1:${port}${path}`, {
    method,
    ...(body && {
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json' },
    }),
  });
  const text = await response.text();
  return response.status === status
    ? undefined
    : `${method} ${path} answers ${response.status}, not ${status}: ${text}`;
}

/** An empty message is five zero bytes: not compressed, no length. */
const EMPTY_MESSAGE = Buffer.alloc(5);

async function callGrpc(port: number, path: string) {
  const session = connect(`http://127.0.0.1:${port}`);
  try {
    return await new Promise<string | undefined>((resolve, reject) => {
      session.once('error', reject);
      const stream = session.request({
        ':method': 'POST',
        ':path': path,
        'content-type': 'application/grpc',
        te: 'trailers',
      });
      let status: unknown;
      stream.once('response', headers => {
        status = headers['grpc-status'];
      });
      stream.once('trailers', trailers => {
        status ??= trailers['grpc-status'];
      });
      stream.once('error', reject);
      stream.once('close', () =>
        resolve(
          status === undefined ? `${path} answers no gRPC status` : undefined,
        ),
      );
      stream.resume();
      stream.end(EMPTY_MESSAGE);
    });
  } finally {
    session.close();
  }
}

/** Takes traces, as an OpenTelemetry collector does, and counts their bytes. */
export async function startCollector() {
  let bytes = 0;
  const server = createServer((request, response) => {
    request.on('data', chunk => {
      if (request.url === '/v1/traces') bytes += chunk.length;
    });
    request.on('end', () => response.end());
  });
  await new Promise<void>(resolve => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    bytes: () => bytes,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
