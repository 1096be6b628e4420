import { ConfigReader } from '@backstage/config';
import { LookupFunction } from 'node:net';
import { EgressPolicy } from './EgressPolicy';

const policyOf = (config = {}, resolve?: LookupFunction) =>
  EgressPolicy.fromConfig(new ConfigReader(config), { resolve });

describe('EgressPolicy', () => {
  it.each([
    ['127.0.0.1', 'this machine'],
    ['127.9.9.9', 'this machine'],
    ['0x7f.1', 'this machine'],
    ['2130706433', 'this machine'],
    ['localhost', 'this machine'],
    ['LOCALHOST.', 'this machine'],
    ['a.localhost', 'this machine'],
    ['[::1]', 'this machine'],
    ['::1', 'this machine'],
    ['[::ffff:127.0.0.1]', 'this machine'],
    ['[::ffff:7f00:1]', 'this machine'],
    ['[64:ff9b::7f00:1]', 'this machine'],
    ['0.0.0.0', 'unspecified'],
    ['0', 'unspecified'],
    ['[::]', 'unspecified'],
    ['169.254.169.254', 'metadata'],
    ['[::ffff:a9fe:a9fe]', 'metadata'],
    ['169.254.170.2', 'metadata'],
    ['100.100.100.200', 'metadata'],
    ['168.63.129.16', 'metadata'],
    ['[fd00:ec2::254]', 'metadata'],
    ['[fd20:ce::254]', 'metadata'],
    ['169.254.1.1', 'link-local'],
    ['[fe80::1]', 'link-local'],
    ['fe80::1%eth0', 'link-local'],
  ])('refuses %s', (host, what) => {
    const { message } = policyOf().refuse(host, 80)!;
    expect(message).toContain(what);
    expect(message).toMatch(/^Refused to call \S+:80: it is /);
    expect(message).toContain('waymark.egress.allow');
  });

  it.each([
    'github.com',
    'localhost.example.com',
    '10.1.2.3',
    '172.16.0.1',
    '192.168.1.1',
    '100.64.0.1',
    '[fd12:3456::1]',
    '[2606:4700::1111]',
    '[::ffff:10.1.2.3]',
    '140.82.121.4',
  ])('lets %s be called', host => {
    expect(policyOf().refuse(host, 443)).toBeUndefined();
  });

  it('refuses further ranges, but not what the configuration names', () => {
    const policy = policyOf({
      integrations: { github: [{ host: '10.0.0.5' }] },
      waymark: { egress: { deny: ['10.0.0.0/8', 'fd12::/16'] } },
    });
    expect(policy.refuse('10.1.2.3', 80)?.message).toContain('egress.deny');
    expect(policy.refuse('[::ffff:10.1.2.3]', 80)).toBeDefined();
    expect(policy.refuse('fd12::1', 80)).toBeDefined();
    expect(policy.refuse('10.0.0.5', 443)).toBeUndefined();
    expect(policy.refuse('10.0.0.5', 8443)).toBeDefined();
    expect(policy.refuse('192.168.1.1', 80)).toBeUndefined();
  });

  it.each(['10.0.0.0', '10.0.0.0/33', 'fd12::/129', 'example.com/8', '/8'])(
    'does not take %s for a range',
    range => {
      expect(() =>
        policyOf({ waymark: { egress: { deny: [range] } } }),
      ).toThrow(`'${range}' is not a range`);
    },
  );

  describe('resolves a name', () => {
    const lookUp = (policy: EgressPolicy, all: boolean) =>
      new Promise((resolve, reject) =>
        policy.lookup('git.example.com', { all }, (error, result) =>
          error ? reject(error) : resolve(result),
        ),
      );
    const to =
      (...addresses: string[]): LookupFunction =>
      (_host, { all }, callback) =>
        all
          ? callback(
              null,
              addresses.map(address => ({ address, family: 4 })),
            )
          : callback(null, addresses[0], 4);

    it.each([true, false])('to allowed addresses (all: %s)', async all => {
      const policy = policyOf({}, to('10.0.0.1', '10.0.0.2'));
      await expect(lookUp(policy, all)).resolves.toEqual(
        all
          ? [
              { address: '10.0.0.1', family: 4 },
              { address: '10.0.0.2', family: 4 },
            ]
          : '10.0.0.1',
      );
    });

    it.each([true, false])('and refuses denied ones (all: %s)', async all => {
      const policy = policyOf({}, to('169.254.169.254'));
      await expect(lookUp(policy, all)).rejects.toThrow(
        'Refused to call git.example.com: it resolves to 169.254.169.254, a cloud’s metadata service',
      );
    });

    it('and refuses it when one of several is denied', async () => {
      const policy = policyOf({}, to('140.82.121.4', '127.0.0.1'));
      await expect(lookUp(policy, true)).rejects.toThrow('127.0.0.1');
    });

    it('and hands on what went wrong', async () => {
      const policy = policyOf({}, (_host, _options, callback) =>
        callback(new Error('ENOTFOUND'), ''),
      );
      await expect(lookUp(policy, true)).rejects.toThrow('ENOTFOUND');
    });
  });
});
