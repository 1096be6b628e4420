import { CreationFact } from './facts';
import { FirstFact, funnelOf } from './funnel';

const at = (text: string) => Date.parse(`2026-09-${text}Z`);
const window = { from: at('01T00:00'), to: at('30T00:00'), timeZone: 'UTC' };

const run = (
  taskId: string,
  queued: string,
  more: Partial<CreationFact> = {},
): CreationFact => ({
  taskId,
  templateRef: 'template:default/node',
  queuedAt: at(queued),
  outcome: 'succeeded',
  isRetried: false,
  ...more,
});
const made = (taskId: string, queued: string, name: string) =>
  run(taskId, queued, {
    entityRef: `component:default/${name}`,
    startedAt: at(queued) + 2_000,
    finishedAt: at(queued) + 20_000,
  });

const creations = [
  made('1', '02T10:00', 'quick'),
  made('2', '03T10:00', 'slow'),
  made('3', '04T10:00', 'idle'),
  run('4', '05T10:00', { outcome: 'failed', finishedAt: at('05T10:01') }),
  run('5', '06T10:00', { outcome: 'running' }),
  { ...made('6', '01T10:00', 'before'), queuedAt: window.from - 1 },
];
const visits = [
  { openedAt: at('02T09:58'), startedAt: at('02T10:00') },
  { openedAt: at('03T09:50'), startedAt: at('03T10:00') },
  { openedAt: at('07T10:00') },
  { openedAt: window.to },
];
const firsts = new Map<string, FirstFact>([
  [
    'component:default/quick',
    {
      firstCommitAt: at('02T11:00:20'),
      firstDeploymentAt: at('02T12:00:20'),
    },
  ],
  ['component:default/slow', { firstCommitAt: at('05T10:00:20') }],
  ['component:default/before', { firstCommitAt: at('05T10:00') }],
]);

const none = (n: number, since: string) => ({ n, p50: null, p95: null, since });

describe('funnel', () => {
  it('counts how far creations came, and how long those took that came so far', () => {
    const steps = funnelOf({ creations, visits, firsts }, window);
    expect(steps.map(({ step, n }) => [step, n])).toEqual([
      ['opened', 3],
      ['started', 5],
      ['finished', 3],
      ['first-commit', 2],
      ['first-deployment', 1],
    ]);
    expect(steps.map(({ time }) => time && [time.since, time.p50])).toEqual([
      null,
      ['opened', (120 + 600) / 2],
      ['started', 20],
      ['finished', (3_600 + 2 * 86_400) / 2],
      ['finished', 7_200],
    ]);
  });

  it('says what is not known, which is not 0', () => {
    const unknown = funnelOf(
      { creations, visits: undefined, firsts: undefined },
      window,
    );
    expect(unknown.map(({ n, time }) => [n, time?.n ?? null])).toEqual([
      [null, null],
      [5, null],
      [3, 3],
      [null, null],
      [null, null],
    ]);
    const empty = funnelOf(
      { creations: [], visits: [], firsts: new Map() },
      window,
    );
    expect(empty.map(({ n }) => n)).toEqual([0, 0, 0, 0, 0]);
    expect(empty[4].time).toEqual(none(0, 'finished'));
  });

  it('takes the clocks of others as they are, but no time below none', () => {
    const early = new Map([
      ['component:default/quick', { firstCommitAt: at('02T10:00:05') }],
    ]);
    const [, , , commit] = funnelOf(
      { creations, visits, firsts: early },
      window,
    );
    expect(commit).toMatchObject({ n: 1, time: { p50: 0 } });
  });
});
