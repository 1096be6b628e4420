import { createServer, Server } from 'node:http';
import { AddressInfo } from 'node:net';
import { ConfigReader } from '@backstage/config';
import { ScmIntegrations } from '@backstage/integration';
import { createMockActionContext } from '@backstage/plugin-scaffolder-node-test-utils';
import { githubAccess } from '../github/repository';
import { createTemplateOriginAction } from './templateOrigin';

const CONFIGURED = 'c0ffee'.padEnd(40, '0');
const AT_MAIN = 'beef'.padEnd(40, '1');

const metadata = {
  name: 'node-api',
  title: 'Node.js API',
  annotations: { 'backstage.io/template-version': '1.2.0' },
};

describe('waymark:template:origin', () => {
  let server: Server;
  let host: string;
  const asked: (string | undefined)[] = [];

  beforeAll(async () => {
    server = createServer((req, res) => {
      asked.push(req.url);
      const isThere = req.url?.startsWith(
        '/api/v3/repos/tidewater/platform/commits?sha=main&',
      );
      res.writeHead(isThere ? 200 : 404, {
        'content-type': 'application/json',
      });
      res.end(JSON.stringify(isThere ? [{ sha: AT_MAIN }] : { message: 'No' }));
    });
    await new Promise<void>(resolve =>
      server.listen(0, '127.0.0.1', () => resolve()),
    );
    host = `localhost:${(server.address() as AddressInfo).port}`;
  });
  beforeEach(() => asked.splice(0));
  afterAll(() => server.close());

  const run = async (options: {
    baseUrl?: string;
    metadata?: object;
    templateCommit?: string;
  }) => {
    const integrations = ScmIntegrations.fromConfig(
      new ConfigReader({
        integrations: {
          github: [
            { host, apiBaseUrl: `http://${host}/api/v3`, token: 'a-token' },
          ],
        },
      }),
    );
    const action = createTemplateOriginAction({
      ...githubAccess(integrations),
      templateCommit: options.templateCommit,
    });
    const context = createMockActionContext({
      templateInfo: {
        // A dry run has this reference, whatever template it tries.
        entityRef: 'template:default/dry-run',
        baseUrl: options.baseUrl,
        entity: { metadata: { ...metadata, ...options.metadata } },
      },
    });
    await action.handler(context);
    return Object.fromEntries(jest.mocked(context.output).mock.calls);
  };

  it('reads the commit of the repository that the template is in', async () => {
    await expect(
      run({
        baseUrl: `http://${host}/tidewater/platform/tree/main/templates/node-api/template.yaml`,
        templateCommit: CONFIGURED,
      }),
    ).resolves.toEqual({
      ref: 'template:default/node-api',
      title: 'Node.js API',
      version: '1.2.0',
      commit: AT_MAIN,
    });
    expect(asked).toHaveLength(1);
  });

  it('falls back on the configured commit for files, then on zeros', async () => {
    const baseUrl = 'file:///tmp/dry-run/template.yaml';
    await expect(
      run({ baseUrl, templateCommit: CONFIGURED }),
    ).resolves.toMatchObject({ commit: CONFIGURED });
    await expect(run({ baseUrl })).resolves.toMatchObject({
      ref: 'template:default/node-api',
      commit: '0'.repeat(40),
    });
    expect(asked).toEqual([]);
  });

  it('has the name for a title where there is no other', async () => {
    await expect(
      run({ metadata: { title: undefined } }),
    ).resolves.toMatchObject({ title: 'node-api' });
  });

  it('fails where the version is missing or the repository is gone', async () => {
    await expect(run({ metadata: { annotations: {} } })).rejects.toThrow(
      'The template node-api has no annotation backstage.io/template-version',
    );
    await expect(
      run({ baseUrl: `http://${host}/tidewater/gone/tree/main/template.yaml` }),
    ).rejects.toThrow('No');
  });
});
