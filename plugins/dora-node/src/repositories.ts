/**
 * The repository that an address is of, as `host/owner/name` in small letters; also
 * of `git@host:owner/name.git` and of an address without a scheme.
 *
 * @returns undefined where it is of none
 */
export function repositoryOfUrl(address: string): string | undefined {
  const scp = /^[\w.-]+@([\w.-]+):(?!\/)(.+)$/.exec(address);
  const text = scp
    ? `ssh://${scp[1]}/${scp[2]}`
    : address.replace(/^git\+/, '').replace(/^(?![\w+.-]+:\/\/)/, 'https://');
  if (!URL.canParse(text)) return undefined;
  const { protocol, host, hostname, pathname } = new URL(text);
  // The port of ssh is none of the host that is browsed.
  const place = /^https?:$/.test(protocol) ? host : hostname;
  const path = pathname
    .replace(/\/+$/, '')
    .replace(/\.git$/i, '')
    .split('/')
    .filter(Boolean);
  if (!place.includes('.') && !place.startsWith('localhost')) return undefined;
  return path.length < 2 ? undefined : [place, ...path].join('/').toLowerCase();
}
