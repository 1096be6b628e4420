import {
  change,
  deployment,
  incident,
  windowOf,
  millis,
} from './__testUtils__/facts';
import { CohortComponent, compareCohorts } from './cohorts';

const ref = (name: string) => `component:default/${name}`;

const components: CohortComponent[] = [
  ...['g1', 'g2', 'g3', 'g4', 'g5'].map((name, index) => ({
    entityRef: ref(name),
    template: 'template:default/node-api',
    language: 'typescript',
    createdAt: `2026-0${index + 1}-01T00:00:00.000Z`,
  })),
  { entityRef: ref('b1'), language: 'go' },
  { entityRef: ref('b2') },
];

const facts = {
  deployments: [
    ...['03-02', '03-03', '03-04'].map(day =>
      deployment(`g1-${day}`, `${day} 12:00`, { entityRef: ref('g1') }),
    ),
    deployment('g2', '03-04 12:00', { entityRef: ref('g2') }),
    deployment('b1', '03-04 12:00', { entityRef: ref('b1') }),
  ],
  changes: [
    change('c1', '03-03 12:00', '03-04 10:00', {
      entityRef: ref('g1'),
      deploymentId: 'g1-03-04',
      deployedAt: '2026-03-04T12:00:00.000Z',
    }),
  ],
  // At a golden component, of what was deployed of a bespoke one.
  incidents: [
    incident('i1', '03-04 12:30', '03-04 13:00', {
      entityRef: ref('g2'),
      deploymentId: 'b1',
    }),
  ],
};

function compare(by: 'path' | 'language') {
  return compareCohorts(
    facts,
    components,
    by,
    windowOf('03-01', '03-11'),
    millis('05-31 00:00'),
  );
}

describe('compareCohorts', () => {
  it('puts golden paths beside bespoke ones, with size and age', () => {
    const [bespoke, golden] = compare('path');
    expect(bespoke).toMatchObject({
      name: 'bespoke',
      components: 2,
      small: true,
      metrics: {
        deploymentFrequency: { n: 1 },
        changeFailRate: { value: 1, failed: 1 },
        leadTime: { status: 'no-data' },
      },
    });
    expect(bespoke.ageDays).toBeUndefined();
    expect(golden).toMatchObject({
      name: 'golden-path',
      components: 5,
      small: false,
      ageDays: 91,
      metrics: {
        deploymentFrequency: { n: 4, value: 0.4 },
        changeFailRate: { value: 0, failed: 0 },
      },
    });
  });

  it('also says what the components have, so that a busy one is not all', () => {
    const golden = compare('path')[1];
    expect(golden.spread.deploymentFrequency?.n).toBe(2);
    expect(golden.spread.deploymentFrequency?.p50).toBeCloseTo(0.2, 10);
    expect(golden.spread.leadTime).toMatchObject({ n: 1, p50: 86_400 });
    expect(golden.spread.recoveryTime).toBeUndefined();
  });

  it('sorts by what the catalog says, and keeps those that say nothing', () => {
    expect(
      compare('language').map(({ name, components: n }) => [name, n]),
    ).toEqual([
      ['', 1],
      ['go', 1],
      ['typescript', 5],
    ]);
  });
});
