import { adoptionOf } from './adoption';
import { driftOf } from './drift';
import { spreadOf, timesOf } from './durations';
import { CreationFact, ServiceFact, TemplateFact } from './facts';
import { positionOf } from './standing';
import { phaseOf, templateUseOf } from './templateUse';

const at = (text: string) => Date.parse(`${text}Z`);
const window = {
  from: at('2026-08-15T00:00'),
  to: at('2026-10-15T00:00'),
  timeZone: 'UTC',
};
const NODE = 'template:default/node';
const JAVA = 'template:default/java';

const template = (
  templateRef: string,
  version: string,
  versions: string[],
  more: Partial<TemplateFact> = {},
): [string, TemplateFact] => [
  templateRef,
  { templateRef, version, versions, lifecycle: 'active', ...more },
];
const templates = new Map([
  template(NODE, '1.10.0', ['1.0.0', '1.2.0', '1.9.0', '1.10.0', '2.0.0'], {
    timeSavedSeconds: 8 * 3600,
  }),
  template(JAVA, '1.0.0', ['1.0.0']),
]);

const service = (
  name: string,
  owner: string | undefined,
  madeAt: string | undefined,
  more: Partial<ServiceFact> = {},
): ServiceFact => ({
  entityRef: `component:default/${name}`,
  type: 'service',
  isGone: false,
  ...(owner && { owner: `group:default/${owner}` }),
  ...(madeAt && { madeAt: at(madeAt) }),
  ...more,
});
const on = (templateRef: string, version?: string): Partial<ServiceFact> => ({
  template: templateRef,
  firstTemplate: templateRef,
  ...(version && { version }),
});

const services: ServiceFact[] = [
  service('new-node', 'checkout', undefined, on(NODE, '1.10.0')),
  service('old-node', 'checkout', '2026-09-01T00:00', on(NODE, '1.2.0')),
  service('by-hand', 'checkout', '2026-09-30T23:59'),
  service('java', 'payments', '2026-10-01T00:00', on(JAVA, '1.0.0')),
  // Put on a path later: it was not made by it.
  service('adopted', 'payments', '2026-10-02T00:00', {
    template: NODE,
    version: '1.9.0',
  }),
  service('before', 'payments', '2026-08-14T23:59', on(NODE, '1.0.0')),
  service('ageless', undefined, undefined),
  service('left', 'checkout', undefined),
  service('gone', 'checkout', '2026-09-02T00:00', { isGone: true }),
  service('a-library', 'checkout', '2026-09-02T00:00', { type: 'library' }),
];

const run = (
  taskId: string,
  queued: string,
  more: Partial<CreationFact> = {},
): CreationFact => ({
  taskId,
  templateRef: NODE,
  queuedAt: at(queued),
  outcome: 'succeeded',
  isRetried: false,
  ...more,
});
const took = (queued: string, wait: number, total: number) => ({
  startedAt: at(queued) + wait * 1000,
  finishedAt: at(queued) + total * 1000,
});
const made = (taskId: string, queued: string, name: string, total = 20) =>
  run(taskId, queued, {
    entityRef: `component:default/${name}`,
    ...took(queued, 2, total),
  });
const failed = (taskId: string, queued: string, id: string) =>
  run(taskId, queued, {
    outcome: 'failed',
    failedStep: { id, name: id.toUpperCase() },
    ...took(queued, 1, 5),
  });

const creations: CreationFact[] = [
  made('1', '2026-08-20T10:00', 'new-node', 10),
  made('2', '2026-09-01T10:00', 'old-node', 30),
  made('3', '2026-09-03T10:00', 'left', 400),
  made('4', '2026-09-04T10:00', 'gone'),
  { ...made('5', '2026-09-05T10:00', 'never-seen', 9_000), isRetried: true },
  made('6', '2026-08-14T10:00', 'before'),
  failed('7', '2026-09-06T10:00', 'push'),
  failed('8', '2026-09-08T10:00', 'push'),
  failed('9', '2026-09-07T10:00', 'render'),
  run('10', '2026-09-07T10:00', { outcome: 'cancelled' }),
  run('11', '2026-10-14T10:00', { outcome: 'waiting' }),
];
const facts = { services, creations, templates };
const types = new Set(['service']);

describe('adoption', () => {
  it('is the share of new services, by team and month', () => {
    const { share, today, unknownAge, byTeam, byMonth } = adoptionOf(
      facts,
      window,
      types,
    );
    // new-node and left by their runs, old-node, java; not by-hand and adopted.
    expect(share).toEqual({ value: 4 / 6, n: 6, golden: 4 });
    // All that are on a path, adopted ones too.
    expect(today).toEqual({ value: 6 / 8, n: 8, golden: 6 });
    // `ageless` alone: what made `left` says when.
    expect(unknownAge).toBe(1);
    expect(byTeam).toEqual([
      {
        owner: null,
        share: { value: null, n: 0, golden: 0 },
        today: { value: 0, n: 1, golden: 0 },
      },
      {
        owner: 'group:default/checkout',
        share: { value: 3 / 4, n: 4, golden: 3 },
        today: { value: 3 / 4, n: 4, golden: 3 },
      },
      {
        owner: 'group:default/payments',
        share: { value: 1 / 2, n: 2, golden: 1 },
        today: { value: 1, n: 3, golden: 3 },
      },
    ]);
    expect(byMonth).toEqual([
      {
        month: '2026-08',
        partial: true,
        share: { value: 1, n: 1, golden: 1 },
      },
      {
        month: '2026-09',
        partial: false,
        share: { value: 2 / 3, n: 3, golden: 2 },
      },
      {
        month: '2026-10',
        partial: true,
        share: { value: 1 / 2, n: 2, golden: 1 },
      },
    ]);
  });

  it('says what became of what was made, without a rest', () => {
    const { fate, runs } = adoptionOf(facts, window, types);
    expect(fate).toEqual({
      created: 5,
      onPath: 1,
      drifting: 1,
      offRoad: 1,
      gone: 2,
      unknown: 0,
    });
    expect(runs).toEqual({
      started: 10,
      succeeded: 5,
      failed: 3,
      cancelled: 1,
      open: 1,
    });
  });

  it('is no data where there is none, and not 0 %', () => {
    const none = { services: [], creations: [], templates: new Map() };
    const { share, byTeam, byMonth } = adoptionOf(none, window, types);
    expect(share).toEqual({ value: null, n: 0, golden: 0 });
    expect(byTeam).toEqual([]);
    expect(byMonth.map(({ share: { value } }) => value)).toEqual([
      null,
      null,
      null,
    ]);
    const use = templateUseOf(templates.get(JAVA)!, none, window, window.to);
    expect(use.success).toEqual({ value: null, n: 0 });
    expect(use.times.total).toEqual({ n: 0, p50: null, p95: null });
    expect(use.timeSaved).toEqual({ seconds: null, perCreation: null, n: 0 });
  });
});

describe('a golden path', () => {
  it('says how its runs went, and how long people waited', () => {
    const use = templateUseOf(templates.get(NODE)!, facts, window, window.to);
    expect(use.success).toEqual({ value: 5 / 8, n: 8 });
    // 10, 20, 30 and 400 s; the one started again by hand is left out.
    expect(use.times.total.n).toBe(4);
    expect(use.times.total.p50).toBe(25);
    expect(use.times.total.p95).toBeCloseTo(344.5);
    expect(use.times.wait).toEqual({ n: 4, p50: 2, p95: 2 });
    expect(use.failures).toEqual([
      {
        id: 'push',
        name: 'PUSH',
        failures: 2,
        taskId: '8',
        at: '2026-09-08T10:00:05.000Z',
      },
      expect.objectContaining({ id: 'render', failures: 1, taskId: '9' }),
    ]);
    expect(use.services).toEqual([
      { version: '1.10.0', count: 1 },
      { version: '1.9.0', count: 1 },
      { version: '1.2.0', count: 1 },
      { version: '1.0.0', count: 1 },
    ]);
    expect(use.drifting).toBe(3);
    expect(use.timeSaved).toEqual({
      seconds: 5 * 8 * 3600,
      perCreation: 8 * 3600,
      n: 5,
    });
  });

  it('takes the true median and waits no negative time', () => {
    expect(spreadOf([4, 1, 3, 2])).toMatchObject({ n: 4, p50: 2.5 });
    expect(spreadOf([7])).toEqual({ n: 1, p50: 7, p95: 7 });
    const early = run('a', '2026-09-01T10:00', {
      ...took('2026-09-01T10:00', -5, -1),
    });
    expect(timesOf([early]).total.p50).toBe(0);
  });

  it.each([
    ['active', undefined, 'active'],
    ['deprecated', undefined, 'deprecated'],
    ['deprecated', '2026-10-14', 'deprecated'],
    ['deprecated', '2026-10-13', 'sunset'],
  ] as const)('%s until %s is %s', (lifecycle, sunset, phase) => {
    const now = at('2026-10-14T12:01');
    expect(phaseOf({ lifecycle, ...(sunset && { sunset }) }, now)).toBe(phase);
  });
});

describe('drift', () => {
  it('puts those furthest behind first', () => {
    const table = driftOf(services, templates).map(
      ({ entityRef, standing, behind }) => [
        entityRef.split('/')[1],
        standing,
        behind,
      ],
    );
    expect(table).toEqual([
      ['before', 'behind', 3],
      ['old-node', 'behind', 2],
      ['adopted', 'behind', 1],
      ['java', 'current', 0],
      ['new-node', 'current', 0],
    ]);
  });

  it.each([
    ['1.10.0', 'current', 0],
    ['2.0.0', 'ahead', 0],
    // Not known before, and so not counted twice.
    ['1.1.0', 'behind', 3],
    ['latest', 'unknown', null],
    [undefined, 'unknown', null],
  ])('of %s is %s', (version, standing, behind) => {
    const of = positionOf({ ...(version && { version }) }, templates.get(NODE));
    expect(of).toEqual({ standing, behind });
    expect(positionOf({ version: '1.0.0' }, undefined).standing).toBe(
      'unknown',
    );
  });
});
