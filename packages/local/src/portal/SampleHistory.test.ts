import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadSampleCompany } from '../sample';
import { SAMPLE_DIR } from '../sample/__testUtils__/sample';
import { HistoryRecord } from './HistoryRecord';
import { SampleHistory } from './SampleHistory';
import { tellHistory } from './tellHistory';

jest.mock('./tellHistory');
const telling = jest.mocked(tellHistory);

describe('the sample history of a laptop', () => {
  const company = loadSampleCompany(SAMPLE_DIR);
  let folder: string;
  const layout = () => ({
    forge: join(folder, 'forge'),
    history: join(folder, 'sample-history.json'),
  });
  const start = (
    env: NodeJS.ProcessEnv = {},
    portalUrl = 'http://localhost:7007',
  ) => {
    const history = SampleHistory.open(company, layout(), {
      env,
      owner: 'tidewater',
      portalUrl,
    });
    mkdirSync(layout().forge, { recursive: true });
    return history;
  };
  const tell = (history: SampleHistory, note: (text: string) => void) =>
    history.tell({
      forge: { url: 'http://localhost:7300', owner: 'tidewater', token: 'x' },
      portalUrl: 'http://localhost:7007',
      secret: 'a-secret-for-this-test',
      note,
      signal: new AbortController().signal,
    });

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'waymark-history-test-'));
    telling.mockReset();
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('goes on where it was cut short, and is told once', async () => {
    const asked: string[][] = [];
    telling.mockImplementation(async ({ histories, onTold }) => {
      asked.push(histories.map(({ name }) => name));
      for (const { name } of histories.slice(0, 3)) onTold(name);
      if (asked.length === 1) throw new Error('The portal went away');
    });
    const notes: string[] = [];
    const first = start();
    expect([first.isShown, first.isWaiting]).toEqual([true, true]);
    await expect(tell(first, text => notes.push(text))).rejects.toThrow();
    const [all] = asked;
    expect(notes.at(-1)).toBe(`(3 of ${all.length} repositories)`);

    const second = start();
    expect(second.isWaiting).toBe(true);
    await tell(second, () => {});
    expect(asked[1]).toEqual(all.slice(3));
    expect(HistoryRecord.open(layout().history)?.isWhole).toBe(true);

    const third = start();
    expect([third.isShown, third.isWaiting]).toEqual([true, false]);
  });

  it('has the same commits at each start, also where the portal moved', () => {
    const before = start().repositories();
    const after = start({}, 'http://localhost:7107').repositories();
    expect(after).toEqual(before);
    const long = before.filter(({ commits }) => commits.length > 100);
    expect(long.length).toBeGreaterThan(5);
  });

  it('goes back as far as it was asked to at first', () => {
    const commits = (history: SampleHistory) =>
      history.repositories().flatMap(one => one.commits).length;
    const none = commits(start({ WAYMARK_SAMPLE_HISTORY: 'off' }));
    rmSync(layout().forge, { recursive: true });
    const month = commits(start({ WAYMARK_SAMPLE_HISTORY: '30' }));
    expect(month).toBeGreaterThan(none);
    expect(commits(start())).toBe(month);
    rmSync(layout().forge, { recursive: true });
    rmSync(layout().history);
    expect(commits(start()) - none).toBeGreaterThan(4 * (month - none));
    for (const wrong of ['0', '-1', '183', 'a year']) {
      expect(() => start({ WAYMARK_SAMPLE_HISTORY: wrong })).toThrow(
        `WAYMARK_SAMPLE_HISTORY is ${wrong}.`,
      );
    }
  });

  it('is not where it is turned off, nor in a forge from before it', () => {
    const off = { WAYMARK_SAMPLE_HISTORY: 'off' };
    expect(start(off).isShown).toBe(false);
    const later = start();
    expect([later.isShown, later.isWaiting]).toEqual([false, false]);
    for (const { commits } of later.repositories()) {
      expect(commits.length).toBeLessThan(30);
    }
  });

  it('waits while it is turned off', () => {
    start();
    const off = start({ WAYMARK_SAMPLE_HISTORY: 'off' });
    expect([off.isShown, off.isWaiting]).toEqual([true, false]);
    expect(start().isWaiting).toBe(true);
  });
});
