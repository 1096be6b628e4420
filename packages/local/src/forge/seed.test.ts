import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Forge, startForge } from '@waymark/forge';
import { SampleRepository } from '../sample';
import { forgeClient } from './client';
import { seedRepositories } from './seed';
import { ensureWebhooks } from './webhook';

jest.setTimeout(60_000);

/** Not the synchronous one: the forge runs in this very process. */
const git = async (...args: string[]) =>
  (await promisify(execFile)('git', args)).stdout.trim();

const token = 'a-token-for-this-test';
const repository: SampleRepository = {
  name: 'quotes',
  description: 'Prices a "delivery"',
  topics: ['go', 'pricing'],
  defaultBranch: 'main',
  commits: [
    {
      message: 'Start\n\nWith a body.',
      author: { name: 'Ana Rey', email: 'ana@tidewater.example' },
      date: '2026-01-05T09:00:00Z',
      files: { 'README.md': '# Quotes\n', 'docs/naïve "path".md': 'é\n' },
    },
    {
      message: 'Say more',
      author: { name: 'Bo Lin', email: 'bo@tidewater.example' },
      date: '2026-02-05T09:00:00Z',
      files: { 'README.md': '# Quotes\n\nMore.\n' },
    },
  ],
};

describe('the sample repositories', () => {
  let folder: string;
  let forge: Forge;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'waymark-seed-test-'));
    forge = await startForge({
      dataDir: join(folder, 'forge'),
      port: 0,
      organisations: [{ login: 'tidewater' }],
      accounts: [{ login: 'waymark', token }],
      anonymousRead: true,
    });
  });

  afterEach(async () => {
    await forge.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const seed = async () => {
    const done: number[] = [];
    await seedRepositories(
      [repository],
      { url: forge.url, owner: 'tidewater', token },
      count => done.push(count),
    );
    return done;
  };

  it('arrive with their history, once', async () => {
    expect(await seed()).toEqual([1]);
    expect(await seed()).toEqual([1]);

    const clone = join(folder, 'clone');
    await git('clone', '--quiet', `${forge.url}/tidewater/quotes.git`, clone);
    const log = await git('-C', clone, 'log', '--format=%an|%aI|%s');
    expect(log.split('\n')).toEqual([
      'Bo Lin|2026-02-05T09:00:00+00:00|Say more',
      'Ana Rey|2026-01-05T09:00:00+00:00|Start',
    ]);
    expect(readFileSync(join(clone, 'README.md'), 'utf8')).toBe(
      '# Quotes\n\nMore.\n',
    );
    expect(readFileSync(join(clone, 'docs/naïve "path".md'), 'utf8')).toBe(
      'é\n',
    );
    const { data } = await forgeClient(forge.url, token).repos.get({
      owner: 'tidewater',
      repo: 'quotes',
    });
    expect(data).toMatchObject({
      description: 'Prices a "delivery"',
      topics: ['go', 'pricing'],
    });
  });

  it('keep one webhook for each target, which follows the portal', async () => {
    const hook = (portalUrl: string) =>
      ensureWebhooks({
        forgeUrl: forge.url,
        owner: 'tidewater',
        token,
        portalUrl,
        secret: 'a-secret-for-this-test',
      });
    await hook('http://localhost:7007');
    await hook('http://localhost:7107');

    const { data } = await forgeClient(forge.url, token).orgs.listWebhooks({
      org: 'tidewater',
    });
    expect(data.map(({ config }) => config.url)).toEqual([
      'http://localhost:7107/api/events/http/github',
      'http://localhost:7107/api/dora/webhooks/github',
    ]);
    expect(JSON.stringify(data)).not.toContain('a-secret-for-this-test');
  });
});
