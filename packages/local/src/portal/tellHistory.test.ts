import { createHmac } from 'node:crypto';
import { createServer, Server } from 'node:http';
import { AddressInfo } from 'node:net';
import { loadSampleCompany, renderRepositories } from '../sample';
import { SAMPLE_DIR } from '../sample/__testUtils__/sample';
import { planHistory } from '../sample/history';
import { tellHistory } from './tellHistory';

jest.setTimeout(60_000);

const SECRET = 'a-secret-for-this-test';
const today = new Date('2026-11-21T13:00:00Z');

interface Taken {
  id: string;
  event: string;
  body: any;
}

/** Stands for the portal: takes what is signed. */
describe('telling the sample history', () => {
  let server: Server;
  let taken: Taken[];
  let answers: number[];
  let open: number;
  let mostOpen: number;

  beforeEach(async () => {
    [taken, answers, open, mostOpen] = [[], [], 0, 0];
    server = createServer((request, response) => {
      open += 1;
      mostOpen = Math.max(mostOpen, open);
      const chunks: Buffer[] = [];
      request.on('data', chunk => chunks.push(chunk));
      request.on('end', () => {
        open -= 1;
        const text = Buffer.concat(chunks);
        const { headers } = request;
        const hash = createHmac('sha256', SECRET).update(text).digest('hex');
        const isSigned = headers['x-hub-signature-256'] === `sha256=${hash}`;
        const status = isSigned ? answers.shift() ?? 202 : 403;
        if (status === 202 && headers['user-agent'] === 'Waymark-Sample') {
          taken.push({
            id: String(headers['x-github-delivery']),
            event: String(headers['x-github-event']),
            body: JSON.parse(text.toString()),
          });
        }
        response.writeHead(status).end('{}');
      });
    });
    await new Promise<void>(resolve => server.listen(0, resolve));
  });

  afterEach(() => new Promise(resolve => server.close(resolve)));

  const company = loadSampleCompany(SAMPLE_DIR);
  const tell = async (
    names: string[],
    signal = new AbortController().signal,
  ) => {
    const told: string[] = [];
    await tellHistory({
      histories: planHistory(company, today).filter(({ name }) =>
        names.includes(name),
      ),
      repositories: renderRepositories(company, {
        now: today,
        owner: 'tidewater',
        portalUrl: 'http://localhost:7007',
      }),
      forge: {
        url: 'http://localhost:7300',
        owner: 'tidewater',
        token: 'none',
      },
      portalUrl: `http://localhost:${(server.address() as AddressInfo).port}`,
      secret: SECRET,
      onTold: name => told.push(name),
      signal,
      retryMs: 1,
    });
    return told;
  };

  it.each(['order-service', 'tracking-service'])(
    'signs deliveries of %s whose commits follow one another',
    async name => {
      expect(await tell([name])).toEqual([name]);
      expect(mostOpen).toBeLessThanOrEqual(16);
      expect(new Set(taken.map(({ id }) => id)).size).toBe(taken.length);
      const all = (event: string) => taken.filter(one => one.event === event);

      const pushes = all('push')
        .map(({ body }) => body)
        .filter(({ ref }) => ref === 'refs/heads/main')
        .sort((a, b) =>
          a.repository.pushed_at < b.repository.pushed_at ? -1 : 1,
        );
      const after = new Set(pushes.map(push => push.after));
      const starts = pushes.filter(({ before }) => !after.has(before));
      expect(starts).toEqual([pushes[0]]);

      const known = new Set(
        all('push').flatMap(({ body }) =>
          body.commits.map(({ id }: { id: string }) => id),
        ),
      );
      for (const { body } of all('pull_request')) {
        expect(after).toContain(body.pull_request.merge_commit_sha);
        expect(known).toContain(body.pull_request.head.sha);
      }
      for (const { body } of all('deployment_status')) {
        expect(after).toContain(body.deployment.sha);
      }
      for (const { body } of all('issues')) {
        expect(after).toContain(body.issue.html_url.split('/').at(-1));
      }
    },
  );

  it('sends again what the portal could not take', async () => {
    answers = [503, 429, 500];
    await tell(['sales-reporting']);
    const first = taken.length;
    await tell(['sales-reporting']);
    expect(new Set(taken.map(({ id }) => id)).size).toBe(first);
    expect(taken).toHaveLength(2 * first);
  });

  it('ends where the portal refuses one', async () => {
    answers = [400];
    await expect(tell(['sales-reporting'])).rejects.toThrow(/did not take/);
  });

  it('sends nothing once it is told to end', async () => {
    const ended = AbortSignal.abort();
    await expect(tell(['sales-reporting'], ended)).rejects.toThrow();
    expect(taken).toEqual([]);
  });
});
