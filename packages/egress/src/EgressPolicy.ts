import { Config } from '@backstage/config';
import { lookup } from 'node:dns';
import { isIP, LookupFunction } from 'node:net';
import { EgressError } from './EgressError';
import { bare, hostAndPort, namedHosts } from './namedHosts';
import { deniedRanges, Ranges } from './ranges';

interface Options {
  /** Told of each call that was refused. */
  onRefused?: (error: EgressError) => void;
  /** How names become addresses. */
  resolve?: LookupFunction;
}

/** Which hosts the backend may call. */
export class EgressPolicy {
  /** @param named - from {@link namedHosts} */
  constructor(
    private readonly named: ReadonlySet<string>,
    private readonly denied: Ranges[],
    private readonly options: Options = {},
  ) {}

  static fromConfig(config: Config, options?: Options): EgressPolicy {
    return new EgressPolicy(
      namedHosts(config),
      deniedRanges(config.getOptionalStringArray('waymark.egress.deny') ?? []),
      options,
    );
  }

  /** Whether the configuration names a host, which may then be anywhere. */
  names(host: string, port: number | string): boolean {
    return (
      this.named.has(hostAndPort(host, port)) ||
      this.named.has(hostAndPort(host, '*'))
    );
  }

  /**
   * Why a host may not be called, as far as its name tells: a name has to be
   * resolved by {@link EgressPolicy.lookup} as well.
   */
  refuse(host: string, port: number | string): EgressError | undefined {
    if (this.names(host, port)) return undefined;
    const name = bare(host);
    const what = /(^|\.)localhost$/.test(name)
      ? 'a name of this machine'
      : this.whatIs(name);
    return what
      ? this.refused(new EgressError(`${bracketed(name)}:${port}`, what))
      : undefined;
  }

  /**
   * Resolves a name for a connection that uses these very addresses; fails
   * where one of them is denied.
   */
  readonly lookup: LookupFunction = (host, options, callback) =>
    (this.options.resolve ?? lookup)(host, options, (error, result, family) => {
      const addresses = Array.isArray(result)
        ? result.map(({ address }) => address)
        : [result];
      for (const address of error ? [] : addresses) {
        const what = this.whatIs(address);
        if (what) {
          const refused = this.refused(new EgressError(host, what, address));
          callback(refused, result, family);
          return;
        }
      }
      callback(error, result, family);
    });

  private refused(error: EgressError): EgressError {
    this.options.onRefused?.(error);
    return error;
  }

  private whatIs(host: string): string | undefined {
    // A link-local address may say by which interface it is reached.
    const [address] = host.split('%');
    const family = isIP(address);
    if (!family) return undefined;
    return this.denied.find(({ list }) =>
      list.check(address, family === 4 ? 'ipv4' : 'ipv6'),
    )?.what;
  }
}

function bracketed(host: string): string {
  return host.includes(':') ? `[${host}]` : host;
}
