import http from 'node:http';
import https from 'node:https';
import { LookupFunction } from 'node:net';
import {
  Agent,
  buildConnector,
  Dispatcher,
  EnvHttpProxyAgent,
  getGlobalDispatcher,
  setGlobalDispatcher,
} from 'undici';
import { EgressError } from './EgressError';
import { EgressPolicy } from './EgressPolicy';

/**
 * Guards what calls a host without bringing a connection of its own: `fetch`,
 * and `http` and `https` with their global agents, which node-fetch and the Git
 * client use. Redirects are calls like any other.
 *
 * Clients with agents of their own, such as those of Kubernetes and of object
 * storage, call what the configuration names and are left alone, as is
 * PostgreSQL.
 */
export function installEgressGuard(policy: EgressPolicy) {
  setGlobalDispatcher(guardedDispatcher(policy, getGlobalDispatcher()));
  guardAgent(http.globalAgent, policy);
  guardAgent(https.globalAgent, policy);

  // "fetch failed" would not tell why.
  const plainFetch = globalThis.fetch;
  globalThis.fetch = async (...args) => {
    try {
      return await plainFetch(...args);
    } catch (error) {
      const { cause } = error as Error;
      throw cause instanceof EgressError ? cause : error;
    }
  };
}

/**
 * A dispatcher like the one in use, which connects to allowed hosts only. A
 * proxy from the environment stays in use; it resolves names itself, so that
 * only addresses and names of this machine are refused before it is asked.
 */
export function guardedDispatcher(
  policy: EgressPolicy,
  current: Dispatcher,
): Dispatcher {
  const direct = buildConnector({});
  const resolving = buildConnector({ lookup: policy.lookup });
  const connect: buildConnector.connector = (options, callback) => {
    const port = options.port || defaultPort(options.protocol);
    return policy.names(options.hostname, port)
      ? direct(options, callback)
      : resolving(options, callback);
  };
  const proxied = current.constructor.name === EnvHttpProxyAgent.name;
  return (
    proxied ? new EnvHttpProxyAgent({ connect }) : new Agent({ connect })
  ).compose(dispatch => (options, handler) => {
    const { hostname, port, protocol } = new URL(options.origin!);
    const refusal = policy.refuse(hostname, port || defaultPort(protocol));
    if (refusal) throw refusal;
    return dispatch(options, handler);
  });
}

function defaultPort(protocol: string): number {
  return protocol === 'https:' ? 443 : 80;
}

/** What an agent connects with. */
interface Connecting {
  createConnection(
    options: {
      host?: string;
      port?: number | string;
      socketPath?: string;
      lookup?: LookupFunction;
    },
    callback?: (error: Error | null, socket?: unknown) => void,
  ): unknown;
}

/** Makes an agent connect to allowed hosts only. */
export function guardAgent(agent: http.Agent, policy: EgressPolicy) {
  const connecting = agent as unknown as Connecting;
  const create = connecting.createConnection;
  connecting.createConnection = function createConnection(options, callback) {
    const { host = 'localhost', port = 80, socketPath } = options;
    if (socketPath || policy.names(host, port)) {
      return create.call(this, options, callback);
    }
    const refusal = policy.refuse(host, port);
    if (refusal) {
      if (!callback) throw refusal;
      // Thrown, it would end the process where a client follows a redirect.
      callback(refusal);
      return undefined;
    }
    const guarded = { ...options, lookup: policy.lookup };
    return create.call(this, guarded, callback);
  };
}
