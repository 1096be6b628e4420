import cdeventsModule from '@waymark/backstage-plugin-dora-backend-module-cdevents';
import { Change, Incident } from '@waymark/backstage-plugin-dora-common';
import {
  CDEvent,
  cdevent,
  CODE,
  deployed,
  image,
  incident,
  packaged,
  signature,
  structured,
} from '../__testUtils__/cdevents';
import { at, push, sha } from '../__testUtils__/github';
import { bearer, sourcePortals, TOKEN } from '../__testUtils__/sources';

jest.setTimeout(90_000);
const SECRET = 'signing-by-sixteen';
const OLD_SECRET = 'signing-of-before-it';

describe('CDEvents', () => {
  const { start, tell, tellEach, send, post, list, last, kept } = sourcePortals(
    {
      source: 'cdevents',
      module: cdeventsModule,
      annotations: { 'waymark.dev/cdevents-service': 'service/pricing' },
    },
  );

  it('finds the commit of what is deployed wherever its artifact is told of', async () => {
    const told: CDEvent[] = [
      deployed(0, 1, 'deployed', '0.4.0'),
      packaged(5, 1),
      packaged(10, 2),
      deployed(20, 2, 'upgraded', '0.4.1'),
      incident(30, 'detected', {
        description: 'Prices are wrong\n\nsince the upgrade',
        artifactId: image(2),
      }),
      incident(35, 'reported', { ticketURI: 'https://tickets.example.com/7' }),
      // Nobody felt it.
      incident(32, 'detected', { environment: { id: 'staging' } }, 'I-8'),
      deployed(40, 1, 'rolledback'),
      incident(45, 'resolved', {
        description: 'Prices are right',
        artifactId: image(1),
      }),
    ];
    await tellEach(
      [push(-60, [1]), push(-30, [2], { before: 1 })],
      [told, [...told.map(structured), ...told].reverse()],
    );

    const [rolledback, upgraded, first] = await list();
    const common = { region: 'eu', production: true, result: 'success' };
    expect([first, upgraded, rolledback]).toMatchObject([
      { ...common, sha: sha(1), finishedAt: at(0), kind: 'planned' },
      { ...common, sha: sha(2), originalResult: 'upgraded', kind: 'planned' },
      { ...common, sha: sha(1), kind: 'rollback' },
    ]);
    expect(rolledback.mendsDeploymentId).toBe(upgraded.id);
    expect(await list('deployments', 'quotes')).toEqual([]);
    const changes = await list<Change>('changes');
    expect(changes.find(({ mergeSha }) => mergeSha === sha(2))).toMatchObject({
      deploymentId: upgraded.id,
    });
    expect(await list<Incident>('incidents')).toMatchObject([
      {
        title: 'Prices are wrong',
        url: 'https://tickets.example.com/7',
        startedAt: at(30),
        resolvedAt: at(45),
        deploymentId: upgraded.id,
        linkedBy: 'stated',
      },
    ]);
  });

  it('names a component by its reference, and a commit by a package URL', async () => {
    await start({ tokens: [TOKEN] });
    const vcs = encodeURIComponent(`git+https://${CODE}.git@${sha(3)}`);
    const to = (minutes: number, artifactId: string) =>
      cdevent(minutes, 'service.deployed', {
        id: 'component:default/Quotes',
        content: { environment: { id: 'staging' }, artifactId },
      });
    await tell(
      to(0, `pkg:github/tidewater/pricing@${sha(4)}`),
      to(10, `pkg:oci/quotes@sha256%3Aabc?vcs_url=${vcs}`),
      to(20, 'quotes:1.4.0'),
    );
    expect(
      (await list('deployments', 'quotes')).map(one => [
        one.sha,
        one.production,
      ]),
    ).toEqual([
      [undefined, false],
      [sha(3), false],
      [sha(4), false],
    ]);
  });

  it('takes a merged change with its commits, and says why others do not count', async () => {
    await start({ tokens: [TOKEN] });
    const merged = (minutes: number, customData?: object) =>
      cdevent(
        minutes,
        'change.merged',
        {
          id: '17',
          content: {
            repository: {
              id: 'tidewater/pricing',
              source: 'https://git.example.com',
            },
          },
        },
        { customData },
      );
    const commit = {
      id: sha(2),
      timestamp: at(-45),
      message: 'Round prices',
      author: 'maya',
    };
    await tell(
      merged(0, { defaultBranch: 'main', after: sha(2), commits: [commit] }),
      packaged(5, 2),
      deployed(10, 2),
    );
    expect(await list<Change>('changes')).toMatchObject([
      { title: 'Round prices', firstCommitAt: at(-45), deployedAt: at(10) },
    ]);

    const content = { environment: { id: 'production' } };
    for (const [event, reason] of [
      [merged(20), 'The change names no commits'],
      [cdevent(21, 'service.removed', { id: 's', content }), 'is removed'],
      [cdevent(22, 'build.started', { id: 'b', content }), 'build.started'],
      [cdevent(23, 'incident.detected', { id: 'i', content }), 'no service'],
      [packaged(24, 1, 'feature'), 'no commit'],
    ] as const) {
      await tell(event);
      expect(await last()).toMatchObject({
        state: 'ignored',
        reason: expect.stringContaining(reason),
      });
    }
  });

  it('puts into quarantine what is not as the published schema says, and where', async () => {
    await start({ tokens: [TOKEN] });
    const good = deployed(0, 1);
    const { artifactId: _, ...lacking } = good.subject.content as {
      artifactId: string;
    };
    const { data, ...envelope } = structured(good);
    for (const [body, reason] of [
      [
        { ...good, subject: { ...good.subject, content: lacking } },
        "/subject/content must have required property 'artifactId'",
      ],
      [
        { ...good, subject: { ...good.subject, owner: 'maya' } },
        '/subject must NOT have additional properties: owner',
      ],
      [
        { ...good, context: { ...good.context, timestamp: 'noon' } },
        '/context/timestamp must match format "date-time"',
      ],
      // What is right in one version is not in the other.
      [
        { ...good, context: { ...good.context, version: '0.4.1' } },
        '/context must NOT have additional properties: version',
      ],
      [
        deployed(0, 1, 'deployed', '0.4.1').context,
        '/context/type is missing is no type of CDEvents',
      ],
      [
        cdevent(0, 'service.deployed', good.subject, {
          type: 'dev.cdevents.service.deployed.9.0.0',
        }),
        '/context/type is of version 9.0.0; known are dev.cdevents.service.deployed.0.2.0, dev.cdevents.service.deployed.0.3.0',
      ],
      [
        { ...envelope, id: 'another', data },
        '/id is not that of /data/context',
      ],
      [{ ...envelope, specversion: '0.3', data }, '/specversion must be 1.0'],
      [{ ...envelope, data_base64: '!' }, '/data_base64 is not JSON'],
      [[good], '/ is a batch: send one event at a time'],
      ['null', '/context/type is missing is no type of CDEvents'],
    ] as const) {
      await tell(body);
      expect(await last()).toMatchObject({ state: 'quarantined', reason });
    }
    expect(await kept('observations')).toEqual([]);
  });

  it('takes what has a token or a signature, and keeps nothing else', async () => {
    await start({ tokens: [TOKEN], secrets: [SECRET, OLD_SECRET] });
    const body = deployed(0, 1);
    const right = signature(body, SECRET);
    const refused: [Record<string, string>, number][] = [
      [{}, 401],
      [{ authorization: `Bearer ${SECRET}` }, 403],
      [signature(body, TOKEN), 403],
      [signature(deployed(1, 1), SECRET), 403],
      [{ ...bearer(), ...signature(body, TOKEN) }, 403],
    ];
    for (const [headers, status] of refused) {
      const answer = await send(body, headers);
      expect(answer.status).toBe(status);
    }
    expect(await kept('inbox')).toEqual([]);

    // The same event is one delivery, however it is packed and signed.
    for (const [sent, headers] of [
      [body, right],
      [body, signature(body, OLD_SECRET)],
      [structured(body), bearer()],
    ] as const) {
      const answer = await send(sent, headers);
      expect(answer).toMatchObject({
        status: 202,
        body: { deliveryId: 'service.deployed-0@/ci/tidewater' },
      });
    }
    expect(await kept('inbox')).toMatchObject([
      { event: 'service.deployed.0.3.0' },
    ]);
  });

  it('is not there without a token or a secret', async () => {
    await start();
    const answer = await send(deployed(0, 1));
    expect(answer.status).toBe(401);
    expect((await post()).status).toBe(404);
  });
});
