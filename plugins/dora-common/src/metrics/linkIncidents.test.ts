import { deployment, incident } from './__testUtils__/facts';
import { linkIncidents, ReportedIncident, StatedCause } from './linkIncidents';

const deployments = [
  deployment('d1', '03-04 12:00', { sha: 'a' }),
  deployment('broken', '03-04 13:00', { sha: 'b', result: 'failure' }),
  deployment('stage', '03-04 13:30', { sha: 'b', production: false }),
  deployment('d2', '03-04 14:00', { sha: 'c' }),
  deployment('d3', '03-04 16:00', { sha: 'a' }),
  deployment('web', '03-04 15:30', { entityRef: 'component:default/web' }),
];

function reported(began: string, cause?: StatedCause): ReportedIncident {
  const { linkedBy, ...facts } = incident('i', began, undefined);
  return { ...facts, ...(cause && { cause }) };
}

describe('linkIncidents', () => {
  it.each<[string, string, StatedCause | undefined, unknown[]]>([
    [
      'the latest success before it',
      '03-04 15:00',
      undefined,
      ['d2', 'window'],
    ],
    ['which may end as it begins', '03-04 14:00', undefined, ['d2', 'window']],
    ['but not after', '03-04 13:59', undefined, ['d1', 'window']],
    ['within the window', '03-05 15:59', undefined, ['d3', 'window']],
    ['and not at its far edge', '03-05 16:00', undefined, [undefined, 'none']],
    ['before any deployment', '03-04 11:00', undefined, [undefined, 'none']],
    [
      'a stated deployment',
      '03-06 11:00',
      { deploymentId: 'd1' },
      ['d1', 'stated'],
    ],
    [
      'of another component',
      '03-04 17:00',
      { deploymentId: 'web' },
      ['web', 'stated'],
    ],
    [
      'a stated commit, the latest time',
      '03-04 17:00',
      { sha: 'a' },
      ['d3', 'stated'],
    ],
    ['as far as it had begun', '03-04 15:00', { sha: 'a' }, ['d1', 'stated']],
    ['also one that failed', '03-04 15:00', { sha: 'b' }, ['broken', 'stated']],
    [
      'what nobody knows blames nobody',
      '03-04 15:00',
      { sha: 'x' },
      [undefined, 'none'],
    ],
  ])('%s', (_name, began, cause, expected) => {
    for (const order of [deployments, [...deployments].reverse()]) {
      const [linked] = linkIncidents([reported(began, cause)], order, 24);
      expect([linked.deploymentId, linked.linkedBy]).toEqual(expected);
      expect(linked).not.toHaveProperty('cause');
    }
  });
});
