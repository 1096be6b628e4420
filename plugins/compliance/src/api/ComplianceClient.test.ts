import { mockApis } from '@backstage/frontend-test-utils';
import { REF, reportOf } from '../__testUtils__/facts';
import { fixOf } from '../__testUtils__/fixes';
import { ComplianceClient } from './ComplianceClient';

function clientOf(status: number, body: unknown) {
  const fetch = jest.fn(
    async () =>
      new Response(body === undefined ? null : JSON.stringify(body), {
        status,
        headers: { 'content-type': 'application/json' },
      }),
  );
  const discovery = mockApis.discovery();
  return { fetch, client: new ComplianceClient(discovery, { fetch }) };
}

const refusal = (name: string, message: string) => ({
  error: { name, message },
  response: { statusCode: 404 },
});

describe('ComplianceClient', () => {
  it('asks for what is given, and nothing else', async () => {
    const { client, fetch } = clientOf(200, { items: [], total: 0 });
    await client.getComponents({ owner: '', track: undefined, limit: 5 });
    expect(fetch).toHaveBeenCalledWith(
      expect.stringMatching(/\/api\/compliance\/scores\?owner=&limit=5$/),
      undefined,
    );
  });

  it('takes no answer of another shape', async () => {
    const { client } = clientOf(200, { ...reportOf(), total: { score: '72' } });
    await expect(client.getReport(REF)).rejects.toThrow(/score/);
  });

  it('knows what was not checked yet from what failed', async () => {
    const notYet = clientOf(204, undefined);
    await expect(notYet.client.getReport(REF)).resolves.toBeUndefined();
    const missing = clientOf(404, refusal('NotFoundError', 'There is no'));
    await expect(missing.client.getReport(REF)).rejects.toThrow('There is no');
    const refused = clientOf(403, refusal('NotAllowedError', 'You may not'));
    await expect(refused.client.getReport(REF)).rejects.toMatchObject({
      name: 'NotAllowedError',
      message: 'You may not',
    });
  });

  it('asks for the components of a campaign with something left', async () => {
    const { client, fetch } = clientOf(200, { items: [], total: 0 });
    await client.getCampaignComponents('a/b', { owner: '', open: true });
    expect(fetch).toHaveBeenCalledWith(
      expect.stringMatching(
        /\/campaigns\/a%2Fb\/components\?owner=&open=true$/,
      ),
      undefined,
    );
  });

  it('asks for the pull requests of a component, and opens one', async () => {
    const { client, fetch } = clientOf(200, { items: [fixOf()] });
    await expect(client.getFixes({ entityRef: REF })).resolves.toEqual([
      fixOf(),
    ]);
    expect(fetch).toHaveBeenCalledWith(
      expect.stringMatching(
        /\/fixes\?entityRef=component%3Adefault%2Fbasket-service$/,
      ),
      undefined,
    );
    const opening = clientOf(201, fixOf());
    const request = { entityRef: REF, rule: 'supported-image' };
    await expect(opening.client.createFix(request)).resolves.toEqual(fixOf());
    expect(opening.fetch).toHaveBeenCalledWith(
      expect.stringMatching(/\/fixes$/),
      expect.objectContaining({
        method: 'POST',
        body: JSON.stringify(request),
      }),
    );
  });
});
