import { ConfigReader } from '@backstage/config';
import { namedHosts } from './namedHosts';

const named = (config: object) => [
  ...namedHosts(new ConfigReader(JSON.parse(JSON.stringify(config)))),
];
/** Where the backend listens unless told otherwise. */
const ITSELF = ['localhost:7007', '127.0.0.1:7007', '::1:7007'];

describe('namedHosts', () => {
  it('names the backend itself', () => {
    expect(named({})).toEqual(ITSELF);
    expect(named({ backend: { listen: ':7119' } })).toEqual([
      'localhost:7119',
      '127.0.0.1:7119',
      '::1:7119',
    ]);
    expect(named({ backend: { listen: '127.0.0.2:81' } })).toContain(
      '127.0.0.2:81',
    );
    expect(
      named({ backend: { listen: { host: '127.0.0.3', port: 82 } } }),
    ).toContain('127.0.0.3:82');
    expect(named({ backend: { listen: { port: '83' } } })).toContain(
      'localhost:83',
    );
  });

  it('names web addresses anywhere', () => {
    const hosts = named({
      backend: { baseUrl: 'https://Portal.Example.com' },
      discovery: {
        endpoints: [
          {
            target: 'http://localhost:7008/api/{{ pluginId }}',
            plugins: ['catalog'],
          },
        ],
      },
      auth: {
        providers: {
          oidc: { production: { metadataUrl: 'http://127.0.0.1:8080/.well' } },
        },
      },
      kubernetes: {
        clusterLocatorMethods: [
          { type: 'config', clusters: [{ url: 'https://[::1]:6443' }] },
        ],
      },
      techdocs: { publisher: { awsS3: { endpoint: 'http://localhost:9000' } } },
      catalog: { locations: [{ type: 'url', target: 'http://git/a.yaml' }] },
    });
    expect(hosts).toEqual(
      expect.arrayContaining([
        'portal.example.com:443',
        'localhost:7008',
        '127.0.0.1:8080',
        '::1:6443',
        'localhost:9000',
        'git:80',
      ]),
    );
  });

  it('names the hosts of integrations and of readable addresses', () => {
    const hosts = named({
      integrations: {
        github: [
          { host: 'localhost:7300', apiBaseUrl: 'http://localhost:7300/api' },
          { host: 'git.example.com' },
        ],
        awsS3: [{ accessKeyId: 'none' }],
      },
      backend: { reading: { allow: [{ host: 'files' }, { host: 'more:81' }] } },
    });
    expect(hosts).toEqual([
      'localhost:7300',
      'git.example.com:443',
      'files:80',
      'files:443',
      'more:81',
      ...ITSELF,
    ]);
  });

  it('takes every port where none is given in waymark.egress.allow', () => {
    expect(
      named({
        waymark: {
          egress: { allow: ['one', 'two:81', '[::1]:82', 'fd00:ec2::254'] },
        },
      }),
    ).toEqual([...ITSELF, 'one:*', 'two:81', '::1:82', 'fd00:ec2::254:*']);
  });

  it('does not take the database for a host to call', () => {
    expect(
      named({
        backend: {
          database: { connection: { host: 'localhost', port: 5432 } },
          cache: { connection: 'redis://localhost:6379' },
        },
      }),
    ).toEqual(ITSELF);
  });
});
