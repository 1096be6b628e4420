import examples from '@octokit/webhooks-examples';
import {
  MalformedDelivery,
  Observation,
  observationSchema,
  read,
} from '@waymark/backstage-plugin-dora-node';
import { z } from 'zod';
import { translate } from './translate';

const receivedAt = new Date('2026-10-01T12:00:00Z');
const all = examples as unknown as { name: string; examples: object[] }[];
const of = (event: string, body: unknown) =>
  translate({ deliveryId: 'd', event, body, receivedAt }, { labels: ['BUG'] });

describe('translate', () => {
  it('reads every example of GitHub, or says why it does not count', () => {
    const outcomes = new Map<string, Set<string>>();
    const said: Observation[] = [];
    for (const { name, examples: bodies } of all) {
      for (const body of bodies) {
        const translated = of(name, body);
        const words =
          'ignored' in translated
            ? [`ignored: ${translated.ignored}`]
            : translated.observations.map(({ kind }) => kind);
        if ('observations' in translated) said.push(...translated.observations);
        outcomes.set(name, new Set([...(outcomes.get(name) ?? []), ...words]));
      }
    }
    expect(read(z.array(observationSchema), said)).toEqual(said);
    const observed = [...outcomes]
      .filter(([, words]) => ![...words].every(one => /^ignored/.test(one)))
      .map(([name, words]) => [name, [...words].sort()]);
    expect(Object.fromEntries(observed)).toEqual({
      deployment: ['deployment'],
      deployment_status: ['deployment'],
      issues: [
        'ignored: It is a pull request',
        'ignored: The issue has no label of an incident',
        'incident',
      ],
      pull_request: ['pull-request'],
      pull_request_review: ['pull-request'],
      push: ['push'],
      release: ['ignored: What was released stays released', 'release'],
      workflow_run: ['workflow-run'],
    });
    expect([...outcomes.get('ping')!]).toEqual([
      'ignored: Events of type ping are not counted',
    ]);
  });

  it('leads to where a deployment runs, or to the deployments of its place', () => {
    const [{ deployment, repository }] = all.find(
      ({ name }) => name === 'deployment',
    )!.examples as { deployment: object; repository: { html_url: string } }[];
    const status = (target_url: string) => ({
      state: 'success',
      target_url,
      created_at: '2026-10-01T12:00:00Z',
    });
    const urls = [
      of('deployment', {
        deployment: { ...deployment, environment: 'prod & eu' },
        repository,
      }),
      ...['https://ci.example.com/1', ''].map(target =>
        of('deployment_status', {
          deployment,
          deployment_status: status(target),
          repository,
        }),
      ),
    ].map(
      said =>
        'observations' in said &&
        said.observations[0].kind === 'deployment' &&
        said.observations[0].url,
    );
    expect(urls).toEqual([
      `${repository.html_url}/deployments/activity_log?environments_filter=prod+%26+eu`,
      'https://ci.example.com/1',
      undefined,
    ]);
  });

  it('says what is wrong with what it cannot read', () => {
    const push = all.find(({ name }) => name === 'push')!.examples[0];
    for (const [event, body, why] of [
      ['weather', {}, 'Events of type weather are not known'],
      ['toString', {}, 'Events of type toString are not known'],
      ['', {}, 'The header X-GitHub-Event is missing'],
      ['push', null, 'body: '],
      ['push', { ...push, ref: 1 }, 'ref: '],
      ['push', { ...push, repository: { html_url: 'x' } }, 'html_url: '],
    ] as const) {
      expect(() => of(event, body)).toThrow(MalformedDelivery);
      expect(() => of(event, body)).toThrow(why);
    }
  });
});
