import { deployment, incident, march } from './__testUtils__/facts';

describe('reworkRate', () => {
  it('counts a hotfix that names its incident, whatever caused that', () => {
    const { reworkRate, changeFailRate } = march({
      deployments: [
        deployment('d1', '03-04 12:00'),
        deployment('fix', '03-20 12:00', { kind: 'hotfix', incidentId: 'i1' }),
      ],
      incidents: [incident('i1', '03-20 10:00', '03-20 12:10')],
    });
    expect(reworkRate).toMatchObject({ value: 0.5, n: 2, unplanned: 1 });
    expect(changeFailRate).toMatchObject({ value: 0 });
  });

  it('counts a hotfix in several regions once', () => {
    const fix = { sha: 'fix', kind: 'hotfix', incidentId: 'i1' } as const;
    const { reworkRate } = march({
      deployments: [
        deployment('d1', '03-04 12:00'),
        deployment('eu', '03-04 13:00', { ...fix, region: 'eu' }),
        deployment('us', '03-04 13:00', { ...fix, region: 'us' }),
      ],
    });
    expect(reworkRate).toMatchObject({ value: 0.5, n: 2, unplanned: 1 });
  });

  it('does not count a planned deployment that names an incident', () => {
    const { reworkRate } = march({
      deployments: [deployment('d1', '03-04 12:00', { incidentId: 'i1' })],
    });
    expect(reworkRate).toMatchObject({
      value: 0,
      unplanned: 0,
      unexplained: 0,
    });
  });
});
