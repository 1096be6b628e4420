import { execFile } from 'node:child_process';
import http from 'node:http';
import { connect, LookupFunction } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import nodeFetch from 'node-fetch';
import { Agent, fetch } from 'undici';
import { EgressPolicy } from './EgressPolicy';
import { guardAgent, guardedDispatcher } from './install';
import { deniedRanges } from './ranges';
import { endServers, redirectTo, serve } from './__testUtils__/servers';

const toThisMachine: LookupFunction = (_host, { all }, callback) =>
  all
    ? callback(null, [{ address: '127.0.0.1', family: 4 }])
    : callback(null, '127.0.0.1', 4);

const policy = (named: string[], ranges = deniedRanges([])) =>
  new EgressPolicy(new Set(named), ranges, { resolve: toThisMachine });

/** Ways to call, each guarded alone. */
const callers = {
  fetch: (guard: EgressPolicy) => {
    const dispatcher = guardedDispatcher(guard, new Agent());
    return async (url: string) => {
      try {
        return await (await fetch(url, { dispatcher })).text();
      } catch (error) {
        throw (error as Error).cause;
      }
    };
  },
  'node-fetch': (guard: EgressPolicy) => {
    const agent = new http.Agent({ keepAlive: true });
    guardAgent(agent, guard);
    return async (url: string) => (await nodeFetch(url, { agent })).text();
  },
};

describe('the egress guard', () => {
  afterEach(endServers);

  describe.each(Object.entries(callers))('of %s', (_name, guarded) => {
    it('follows a named host’s redirect to no address of this machine', async () => {
      const canary = await serve((_request, response) => response.end('in'));
      for (const to of [
        `http://127.0.0.1:${canary.port}/`,
        `http://localhost:${canary.port}/`,
        `http://2130706433:${canary.port}/`,
        `http://[::ffff:127.0.0.1]:${canary.port}/`,
        // As a name that resolves there.
        `http://git.example.com:${canary.port}/`,
      ]) {
        const host = await serve(redirectTo(to));
        const call = guarded(policy([`127.0.0.1:${host.port}`]));
        await expect(call(`http://127.0.0.1:${host.port}/`)).rejects.toThrow(
          /Refused to call .*(127\.0\.0\.1|localhost|\[::ffff:7f00:1\])/,
        );
        expect(host.calls).toHaveLength(1);
      }
      expect(canary.calls).toEqual([]);
    });

    it('follows it to another named one', async () => {
      const other = await serve((_request, response) => response.end('yes'));
      const host = await serve(redirectTo(`http://localhost:${other.port}/`));
      const call = guarded(
        policy([`127.0.0.1:${host.port}`, `localhost:${other.port}`]),
      );
      expect(await call(`http://127.0.0.1:${host.port}/`)).toBe('yes');
    });

    it('calls a named host wherever it is, and other ports of it not', async () => {
      const host = await serve((_request, response) => response.end('yes'));
      const call = guarded(policy([`localhost:${host.port}`]));
      expect(await call(`http://localhost:${host.port}/`)).toBe('yes');
      const other = await serve((_request, response) => response.end('no'));
      await expect(call(`http://localhost:${other.port}/`)).rejects.toThrow(
        `Refused to call localhost:${other.port}`,
      );
      expect(other.calls).toEqual([]);
    });

    it.each(['named', 'resolved'])(
      'keeps the connection to a %s host alive',
      async how => {
        const host = await serve((_request, response) => response.end('yes'));
        let connections = 0;
        host.server.on('connection', () => connections++);
        const name = `git.example.com:${host.port}`;
        const guard =
          how === 'named'
            ? new EgressPolicy(new Set([`127.0.0.1:${host.port}`]), [])
            : policy([], []);
        const call = guarded(guard);
        for (let i = 0; i < 10; i++) {
          await call(
            `http://${how === 'named' ? `127.0.0.1:${host.port}` : name}/`,
          );
        }
        expect(host.calls).toHaveLength(10);
        // undici opens a second one where the first is only just becoming free.
        expect(connections).toBeLessThan(3);
      },
    );
  });

  it('fails a request with an error, and does not end the process', async () => {
    const agent = new http.Agent();
    guardAgent(agent, policy([]));
    const error = await new Promise<Error>(resolve =>
      http.get('http://127.0.0.1:4321/', { agent }).on('error', resolve),
    );
    expect(error.name).toBe('EgressError');
  });

  it('leaves sockets that are files alone', async () => {
    const agent = new http.Agent();
    guardAgent(agent, policy([]));
    const error = await new Promise<NodeJS.ErrnoException>(resolve =>
      http
        .get({ socketPath: '/nowhere/waymark.sock', agent })
        .on('error', resolve),
    );
    expect(error.code).toBe('ENOENT');
  });

  it('tells of each call that it refused', async () => {
    const refused: string[] = [];
    const guard = new EgressPolicy(new Set(), deniedRanges([]), {
      resolve: toThisMachine,
      onRefused: ({ message }) => refused.push(message),
    });
    for (const guarded of Object.values(callers)) {
      await expect(guarded(guard)('http://127.0.0.1:4321/')).rejects.toThrow();
      await expect(
        guarded(guard)('http://git.example:4321/'),
      ).rejects.toThrow();
    }
    expect(refused).toHaveLength(4);
  });

  describe('in a process', () => {
    /** What `fetch` and node-fetch get from an address there. */
    const callFrom = async (
      config: object,
      url: string,
      env: Record<string, string> = {},
    ) => {
      const { stdout } = await promisify(execFile)(
        process.execPath,
        [
          '--require',
          require.resolve('@backstage/cli/config/nodeTransform.cjs'),
          join(__dirname, '__testUtils__/guarded.ts'),
          JSON.stringify(config),
          url,
        ],
        { env: { PATH: process.env.PATH, ...env } },
      );
      return stdout.trim().split('\n');
    };
    const allow = (...hosts: string[]) => ({
      waymark: { egress: { allow: hosts } },
    });

    it('guards fetch and node-fetch, and says why', async () => {
      const canary = await serve((_request, response) => response.end('in'));
      const host = await serve(
        redirectTo(`http://127.0.0.1:${canary.port}/secret`),
      );
      const refusal = `Refused to call 127.0.0.1:${canary.port}: it is an address of this machine that the configuration does not name (see waymark.egress.allow)`;
      expect(
        await callFrom(
          allow(`localhost:${host.port}`),
          `http://localhost:${host.port}/`,
        ),
      ).toEqual([
        `EgressError: ${refusal}`,
        expect.stringMatching(/^FetchError: .*Refused to call 127\.0\.0\.1/),
      ]);
      expect(canary.calls).toEqual([]);
      expect(
        await callFrom(
          allow(`localhost:${host.port}`, `127.0.0.1:${canary.port}`),
          `http://localhost:${host.port}/`,
        ),
      ).toEqual(['in', 'in']);
    }, 30_000);

    it('keeps to the proxy of the environment, and asks it for no address of this machine', async () => {
      // Answers every call itself: what comes from it went through it.
      const proxy = await serve((request, response) =>
        request.url?.endsWith('/away')
          ? redirectTo('http://127.0.0.1:4321/secret')(request, response)
          : response.end('by proxy'),
      );
      proxy.server.on('connect', (request, socket, head) => {
        proxy.calls.push(`CONNECT ${request.url}`);
        const back = connect(proxy.port, '127.0.0.1', () => {
          socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
          back.write(head);
          back.pipe(socket).pipe(back);
        });
        socket.on('error', () => back.destroy());
      });
      const env = {
        NODE_USE_ENV_PROXY: '1',
        HTTP_PROXY: `http://127.0.0.1:${proxy.port}`,
        NO_PROXY: 'direct.test',
      };

      expect(await callFrom({}, 'http://git.example.test/', env)).toEqual([
        'by proxy',
        'by proxy',
      ]);
      for (const url of [
        'http://git.example.test/away',
        'http://127.0.0.1:4321/secret',
      ]) {
        const answers = await callFrom({}, url, env);
        for (const answer of answers) {
          expect(answer).toContain('Refused to call 127.0.0.1:4321');
        }
      }
      expect(proxy.calls.join()).not.toMatch(/secret|127\.0\.0\.1:4321/);
      // Not through the proxy, hence to a name that is in no DNS.
      for (const answer of await callFrom({}, 'http://direct.test/', env)) {
        expect(answer).toMatch(/ENOTFOUND|EAI_AGAIN|fetch failed/);
      }
    }, 60_000);
  });
});
