import { Observation } from '@waymark/backstage-plugin-dora-node';
import { translate } from './translate';

const SHA = 'a1'.repeat(20);
const REPOSITORY = 'git.example.com/tidewater/pricing';
const opened = '2026-10-01T12:00:00.000Z';
const updated = '2026-10-01T12:30:00.000Z';
const receivedAt = new Date('2026-10-01T12:30:05Z');

function told(
  issue: object,
  action = 'edited',
  more: object = {},
  labels = ['incident', 'outage'],
) {
  const body = {
    action,
    issue: {
      number: 7,
      html_url: `https://${REPOSITORY}/issues/7`,
      title: 'Prices are wrong',
      state: 'open',
      labels: [{ name: 'Incident' }],
      created_at: opened,
      updated_at: updated,
      ...issue,
    },
    repository: { html_url: `https://${REPOSITORY}` },
    ...more,
  };
  const delivery = { deliveryId: 'd', event: 'issues', body, receivedAt };
  return translate(delivery, { labels });
}
function said(...[issue, ...more]: Parameters<typeof told>) {
  const translation = told(issue, ...more);
  if ('ignored' in translation) throw new Error(translation.ignored);
  return translation.observations as Extract<
    Observation,
    { kind: 'incident' }
  >[];
}
const steps = (...of: Parameters<typeof told>) =>
  said(...of).map(({ at, status }) => `${at.slice(11, 16)} ${status}`);
const labels = (...names: string[]) => names.map(name => ({ name }));

describe('issues', () => {
  it('are incidents by their labels, from opening to closing', () => {
    expect(said({}, 'opened')[0]).toEqual({
      kind: 'incident',
      source: 'github',
      externalId: `${REPOSITORY}/issues/7`,
      repository: REPOSITORY,
      severity: '',
      title: 'Prices are wrong',
      url: `https://${REPOSITORY}/issues/7`,
      at: opened,
      startedAt: opened,
      status: 'triggered',
    });
    const closed = { state: 'closed', closed_at: '2026-10-01T12:20:00Z' };
    expect(steps(closed, 'closed')).toEqual([
      '12:00 triggered',
      '12:20 resolved',
      '12:30 resolved',
    ]);
    expect(steps({ closed_at: opened }, 'reopened')).toEqual([
      '12:00 triggered',
      '12:30 reopened',
    ]);
    for (const state_reason of ['not_planned', 'duplicate']) {
      expect(steps({ ...closed, state_reason }, 'closed')).toEqual([
        '12:00 triggered',
        '12:20 withdrawn',
        '12:30 withdrawn',
      ]);
    }
  });

  it('are none any more without the label, deleted or elsewhere', () => {
    const lost = { label: { name: 'INCIDENT' } };
    expect(steps({ labels: [] }, 'unlabeled', lost)).toEqual([
      '12:30 withdrawn',
    ]);
    expect(steps({ labels: labels('outage') }, 'unlabeled', lost)).toEqual([
      '12:00 triggered',
      '12:30 triggered',
    ]);
    for (const action of ['deleted', 'transferred']) {
      const [gone] = said({}, action);
      expect(gone).toMatchObject({
        status: 'withdrawn',
        at: receivedAt.toISOString(),
      });
    }
    for (const [issue, action, more, why] of [
      [{ labels: [] }, 'opened', {}, 'no label'],
      [{ labels: labels('incidental') }, 'labeled', {}, 'no label'],
      [{ labels: [] }, 'unlabeled', { label: { name: 'bug' } }, 'no label'],
      [{ labels: [] }, 'deleted', {}, 'no label'],
      [{ pull_request: {} }, 'opened', {}, 'pull request'],
    ] as const) {
      expect(told({ ...issue }, action, more)).toEqual({
        ignored: expect.stringContaining(why),
      });
    }
    expect(told({}, 'opened', {}, [])).toHaveProperty('ignored');
  });

  it.each([
    [['severity:high'], 'high'],
    [['severity/Critical', 'bug'], 'critical'],
    [['Severity: minor'], 'minor'],
    [['SEV-1'], 'sev1'],
    [['sev2', 'sev1'], 'sev1'],
    [['several'], ''],
    [['severity'], ''],
  ])('have their severity by the labels %j: %s', (names, severity) => {
    const [{ severity: found }] = said({
      labels: labels('incident', ...names),
    });
    expect(found).toBe(severity);
  });

  const deployment = (externalId: string) => ({
    deployment: { source: 'github', externalId },
  });
  it.each([
    [`Caused by: ${SHA}`, { sha: SHA }],
    [
      `All is red.\r\n\r\n- **Caused by:** \`${SHA.toUpperCase()}\``,
      { sha: SHA },
    ],
    [`### Caused by\n\nhttps://${REPOSITORY}/commit/${SHA}\n\nx`, { sha: SHA }],
    [`Caused by: [it](https://${REPOSITORY}/commit/${SHA})`, { sha: SHA }],
    ['caused by: 12', deployment(`${REPOSITORY}/deployments/12`)],
    ['Caused by: deployment #12', deployment(`${REPOSITORY}/deployments/12`)],
    [
      'Caused by: https://git.example.com/api/v3/repos/Tidewater/Base/deployments/12',
      deployment('git.example.com/tidewater/base/deployments/12'),
    ],
    [
      `Caused by: https://${REPOSITORY}/actions/runs/34`,
      deployment(`${REPOSITORY}/actions/runs/34/attempts/1`),
    ],
    [
      `Caused by: https://${REPOSITORY}/actions/runs/34/attempts/2`,
      deployment(`${REPOSITORY}/actions/runs/34/attempts/2`),
    ],
    ['Caused by: none', deployment('none')],
    ['Caused by a bird', undefined],
    ['Caused by: a bird', undefined],
    [`Not caused by: ${SHA}`, undefined],
    [`Caused by: ${SHA.slice(1)}`, undefined],
    ['### Caused by', undefined],
    [null, undefined],
  ])('state their cause in %j', (body, cause) => {
    expect(said({ body })[0].cause).toEqual(cause);
  });

  it('may state which components of the repository they affect', () => {
    const refs = (body: string) => said({ body })[0].entityRefs;
    expect(refs('Affects: `Pricing`, component:shop/cart x y/z, a:b')).toEqual([
      'component:default/pricing',
      'component:shop/cart',
      'component:default/x',
      'component:y/z',
    ]);
    expect(refs('### Affects\n\npricing')).toEqual([
      'component:default/pricing',
    ]);
    expect(refs('Affects: ???')).toBeUndefined();
  });

  it('may state when they began', () => {
    const began = (body: string) => said({ body })[0].startedAt;
    expect(began('x\nStarted: 2026-10-01T13:15+02:00')).toBe(
      '2026-10-01T11:15:00.000Z',
    );
    for (const vague of ['2026-10-01T11:15', '2026-13-01T11:15Z', 'noon']) {
      expect(began(`Started: ${vague}`)).toBe(opened);
    }
  });
});
