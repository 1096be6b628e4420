import { Config } from '@backstage/config';
import { JsonObject, JsonValue } from '@backstage/types';
import { isIPv6 } from 'node:net';

const WEB_PORTS: Record<string, number> = {
  'http:': 80,
  'https:': 443,
  'ws:': 80,
  'wss:': 443,
};

/** `host:port`, as addresses of either kind are compared. */
export const hostAndPort = (host: string, port: number | string) =>
  `${bare(host)}:${port}`;

/**
 * A host as comparisons need it: `LOCALHOST.` is `localhost`, `0x7f.1` is
 * `127.0.0.1`, and IPv6 has no brackets.
 */
export function bare(host: string): string {
  const address = isIPv6(host) ? `http://[${host}]` : `http://${host}`;
  const written = URL.canParse(address) ? new URL(address).hostname : host;
  return written.replace(/^\[(.*)\]$/, '$1').replace(/\.$/, '');
}

/**
 * Every `host:port` that the configuration names: in a web address anywhere, as
 * the host of an integration or of `backend.reading.allow`, and where the
 * backend itself listens. `host:*` comes from `waymark.egress.allow`.
 */
export function namedHosts(config: Config): Set<string> {
  const named = new Set<string>();
  const name = (text: string, ports: (number | string)[]) => {
    const { host, port } = parseHost(text);
    for (const one of port ? [port] : ports) named.add(hostAndPort(host, one));
  };

  for (const text of strings(config.get())) {
    const port = webPort(text);
    if (!port || !URL.canParse(text)) continue;
    const url = new URL(text);
    named.add(hostAndPort(url.hostname, url.port || port));
  }

  const integrations = config.getOptional<JsonObject>('integrations') ?? {};
  for (const entry of Object.values(integrations).flat()) {
    const { host } = (entry ?? {}) as JsonObject;
    if (typeof host === 'string') name(host, [443]);
  }
  for (const entry of config.getOptionalConfigArray('backend.reading.allow') ??
    []) {
    name(entry.getString('host'), [80, 443]);
  }

  const listen = listenAddress(config);
  for (const host of ['localhost', '127.0.0.1', '::1', listen.host]) {
    if (host) named.add(hostAndPort(host, listen.port));
  }

  for (const text of config.getOptionalStringArray('waymark.egress.allow') ??
    []) {
    name(text, ['*']);
  }
  return named;
}

/** Where the backend calls itself: its plugins talk over HTTP. */
function listenAddress(config: Config): { host?: string; port: string } {
  const listen = config.getOptional<JsonValue>('backend.listen');
  if (listen && typeof listen === 'object' && !Array.isArray(listen)) {
    const { host, port } = listen;
    return { host: host?.toString(), port: String(port ?? 7007) };
  }
  const { host, port } = parseHost(String(listen ?? ''));
  return { host, port: port ?? '7007' };
}

function parseHost(text: string): { host: string; port?: string } {
  const match = /^(\[[^\]]*\]|[^:]*)(?::(\d+))?$/.exec(text.trim());
  // An IPv6 address without brackets has no port.
  return match ? { host: match[1], port: match[2] } : { host: text.trim() };
}

function webPort(text: string): number | undefined {
  const [scheme] = /^[a-z]+:/i.exec(text) ?? [''];
  return WEB_PORTS[scheme.toLowerCase()];
}

function strings(value: JsonValue | undefined): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(strings);
}
