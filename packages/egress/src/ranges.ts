import { BlockList, isIP } from 'node:net';

/** Address ranges that answer to the same name. */
export interface Ranges {
  what: string;
  list: BlockList;
}

/** What may not be called, first match first. */
const BUILT_IN: [what: string, cidrs: string[]][] = [
  [
    'a cloud’s metadata service',
    [
      '169.254.169.254/32', // AWS, Azure, Google, Oracle, DigitalOcean
      '169.254.170.0/24', // AWS: containers and pods
      '100.100.100.200/32', // Alibaba
      '168.63.129.16/32', // Azure
      'fd00:ec2::/32', // AWS
      'fd20:ce::254/128', // Google
    ],
  ],
  ['an address of this machine', ['127.0.0.0/8', '::1/128']],
  ['an unspecified address', ['0.0.0.0/8', '::/128']],
  ['a link-local address', ['169.254.0.0/16', 'fe80::/10']],
];

/**
 * The ranges that are refused.
 *
 * @param deny - further ones, in CIDR notation
 * @throws where one of them is not a range
 */
export function deniedRanges(deny: string[]): Ranges[] {
  return [
    ...BUILT_IN,
    ['an address in waymark.egress.deny', deny] as [string, string[]],
  ].map(([what, cidrs]) => {
    const list = new BlockList();
    for (const cidr of cidrs) add(list, cidr);
    return { what, list };
  });
}

function add(list: BlockList, cidr: string) {
  const [address, prefix = ''] = cidr.split('/');
  const family = isIP(address);
  const bits = Number(prefix);
  const most = family === 4 ? 32 : 128;
  if (!family || !/^\d+$/.test(prefix) || bits > most) {
    throw new Error(
      `waymark.egress.deny: '${cidr}' is not a range such as 10.0.0.0/8`,
    );
  }
  if (family === 6) {
    list.addSubnet(address, bits, 'ipv6');
    return;
  }
  list.addSubnet(address, bits, 'ipv4');
  // Through NAT64; addresses mapped to IPv6 are compared as IPv4 anyway.
  list.addSubnet(`64:ff9b::${address}`, 96 + bits, 'ipv6');
}
