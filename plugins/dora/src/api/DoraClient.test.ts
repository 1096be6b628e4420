import { mockApis } from '@backstage/frontend-test-utils';
import { answerOf, FACTS, REF } from '../__testUtils__/facts';
import { DoraClient } from './DoraClient';

function clientOf(status: number, body: unknown) {
  const fetch = jest.fn(
    async () =>
      new Response(JSON.stringify(body), {
        status,
        headers: { 'content-type': 'application/json' },
      }),
  );
  const discovery = mockApis.discovery();
  return { fetch, client: new DoraClient(discovery, { fetch }) };
}

const refusal = (statusCode: number, name: string, message: string) => ({
  error: { name, message },
  response: { statusCode },
});

const QUERY = {
  entityRef: REF,
  owner: undefined,
  from: '2026-10-24',
  to: '2026-11-23',
  timeZone: 'Europe/Berlin',
  interval: 'week' as const,
};

describe('DoraClient', () => {
  it('asks for what is given, and nothing else', async () => {
    const { client, fetch } = clientOf(200, answerOf(FACTS));
    await client.getMetrics(QUERY);
    expect(fetch).toHaveBeenCalledWith(
      expect.stringMatching(
        /\/api\/dora\/metrics\?entityRef=component%3Adefault%2Fbasket-service&from=2026-10-24&to=2026-11-23&timeZone=Europe%2FBerlin&interval=week$/,
      ),
      undefined,
    );
  });

  it('takes no answer of another shape', async () => {
    const { client } = clientOf(200, { ...answerOf(FACTS), components: '1' });
    await expect(client.getMetrics(QUERY)).rejects.toThrow(/components/);
  });

  it('says why it was refused', async () => {
    const refused = clientOf(403, refusal(403, 'NotAllowedError', 'No'));
    await expect(refused.client.getDeliveries({})).rejects.toMatchObject({
      name: 'NotAllowedError',
      message: 'No',
    });
  });

  it('has a delivery read again', async () => {
    const { client, fetch } = clientOf(202, {});
    await client.replay('7');
    expect(fetch).toHaveBeenCalledWith(
      expect.stringMatching(/\/api\/dora\/deliveries\/7\/replay$/),
      { method: 'POST' },
    );
  });
});
