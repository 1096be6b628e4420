import argocdModule from '@waymark/backstage-plugin-dora-backend-module-argocd';
import { Change } from '@waymark/backstage-plugin-dora-common';
import { Notification, operation, rendered } from '../__testUtils__/argocd';
import { at, push, sha } from '../__testUtils__/github';
import { bearer, sourcePortals, TOKEN } from '../__testUtils__/sources';

jest.setTimeout(90_000);
const OLD_TOKEN = 'the-token-before-it';

describe('deliveries of Argo CD', () => {
  const { start, tell, tellEach, send, post, list, last, kept } = sourcePortals(
    {
      source: 'argocd',
      module: argocdModule,
      annotations: { 'backstage.io/kubernetes-id': 'pricing' },
    },
  );

  it('makes a deployment of what one operation tells, in any order and twice', async () => {
    const told: Notification[] = [
      rendered('running'),
      rendered('succeeded'),
      operation(60, 3, { phase: 'Running', health: 'Progressing' }),
      operation(60, 3, { health: 'Degraded', since: 75, past: [[0, 2]] }),
      operation(120, 2, {
        past: [
          [0, 2],
          [60, 3],
        ],
      }),
      // Long healthy, it breaks: that is an incident, and no failed deployment.
      operation(120, 2, {
        health: 'Degraded',
        since: 900,
        past: [
          [0, 2],
          [60, 3],
        ],
      }),
    ];
    await tellEach(
      [push(-60, [1]), push(-30, [2, 3], { before: 1 })],
      [told, [...told, ...told].reverse()],
    );

    const [rollback, failed, first] = await list();
    expect(first).toMatchObject({
      environment: 'production',
      production: true,
      region: 'eu',
      startedAt: '2026-10-01T12:00:00.000Z',
      // When it was healthy, and not when it was synced.
      finishedAt: '2026-10-01T12:03:10.000Z',
      result: 'success',
      originalResult: 'Succeeded, Healthy',
      kind: 'planned',
      url: 'https://argocd.example.com/applications/argocd/pricing-production',
    });
    expect(failed).toMatchObject({
      sha: sha(3),
      finishedAt: at(75),
      result: 'failure',
      originalResult: 'Succeeded, Degraded',
    });
    expect(rollback).toMatchObject({
      sha: sha(2),
      result: 'success',
      kind: 'rollback',
      mendsDeploymentId: failed.id,
    });
    expect(await list('deployments', 'quotes')).toEqual([]);
    const changes = await list<Change>('changes');
    expect(changes.find(({ mergeSha }) => mergeSha === sha(2))).toMatchObject({
      deploymentId: first.id,
    });
  });

  it('counts what was deployed again, and not what deploys nothing new', async () => {
    await start({ tokens: [TOKEN] });
    const past: [number, number][] = [[0, 1]];
    const nothing = {
      'Drift was put right; nothing new was deployed': operation(10, 1, {
        past,
      }),
      'A dry run deploys nothing': operation(20, 2, { is: { dryRun: true } }),
      'Only some of the resources were synced': operation(30, 2, {
        is: { partial: true },
      }),
      'pricing-production names no component': operation(40, 2, {
        labels: {},
        is: {
          sources: [{ repoURL: 'https://charts.example.com', chart: 'x' }],
        },
      }),
    };
    for (const [reason, body] of Object.entries(nothing)) {
      await tell(body);
      expect(await last()).toMatchObject({ state: 'ignored', reason });
    }
    expect(await list()).toEqual([]);

    await tell(
      operation(50, 1, { past, manual: true }),
      operation(60, 2, {
        past: [
          [0, 2],
          [10, 1],
        ],
      }),
      // Back and forth again: what came later is newer, and no rollback.
      operation(70, 2, {
        past: [
          [0, 1],
          [10, 2],
          [20, 1],
        ],
      }),
      operation(80, 3, { phase: 'Failed', is: { terminated: true } }),
      operation(90, 3, { phase: 'Error' }),
    );
    expect(
      (await list()).map(({ kind, result }) => `${kind} ${result}`),
    ).toEqual([
      'planned failure',
      'planned cancelled',
      'planned success',
      'rollback success',
      'planned success',
    ]);
  });

  it('finds the component, the commit and the environment as they are stated', async () => {
    await start({
      tokens: [TOKEN],
      componentAnnotation: 'example.com/catalog',
      gitopsRepositories: ['git.example.com/*/gitops'],
      environments: [
        { namespace: 'service-pricing-*', environment: 'prod-eu', region: 'a' },
      ],
    });
    const sources = [
      { repoURL: 'https://charts.example.com', chart: 'service' },
      { repoURL: 'https://git.example.com/tidewater/gitops.git', ref: 'env' },
      { repoURL: 'git@git.example.com:Tidewater/pricing.git', path: 'chart' },
    ];
    const revisions = ['1.2.3', sha(9), sha(2)];
    await tell(
      // Named by nothing: all components of the repository have it.
      operation(0, 2, { labels: {}, is: { sources, revisions } }),
      operation(10, 2, {
        labels: { 'example.com/catalog': 'quotes' },
        is: { sources, revisions },
      }),
    );
    expect(await list()).toMatchObject([
      { sha: sha(2), environment: 'prod-eu', region: 'eu', production: true },
    ]);
    expect(await list('deployments', 'quotes')).toMatchObject([
      { sha: sha(2), startedAt: at(10) },
      { sha: sha(2), startedAt: at(0) },
    ]);
  });

  it('takes what has one of its tokens, and keeps nothing else', async () => {
    await start({ tokens: [TOKEN, OLD_TOKEN] });
    const body = operation(0, 1);
    for (const [headers, status] of [
      [{}, 401],
      [bearer('some-other-token'), 403],
      [bearer(`${TOKEN}x`), 403],
      [{ authorization: `Basic ${btoa(`waymark:${TOKEN}`)}` }, 403],
    ] as const) {
      const answer = await send(body, headers);
      expect(answer.status).toBe(status);
    }
    expect(await kept('inbox')).toEqual([]);

    for (const duplicate of [false, true]) {
      const answer = await send(body, bearer(OLD_TOKEN));
      expect(answer).toMatchObject({ status: 202, body: { duplicate } });
    }
  });

  it('puts into quarantine what it cannot read, with the reason', async () => {
    await start({ tokens: [TOKEN] });
    await tell({ ...operation(0, 1), version: 2 });
    expect(await last()).toMatchObject({
      state: 'quarantined',
      event: 'Succeeded, Healthy',
      reason: expect.stringContaining('version: '),
    });
    await tell(operation(0, 1, { is: { startedAt: 'noon' } }));
    expect(await last()).toMatchObject({
      reason: 'operation.startedAt: is no instant',
    });
    await tell('{{ no value }}');
    expect(await last()).toMatchObject({ reason: 'The body is not JSON' });
  });

  it('is not there without a token', async () => {
    await start();
    const answer = await send(operation(0, 1), bearer());
    expect(answer.status).toBe(401);
    expect((await post()).status).toBe(404);
  });
});
