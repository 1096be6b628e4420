import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PortalClient } from '../../support/faults/client';
import { searchDatabase } from '../../support/faults/database';
import { expect, test } from '../../support/faults/own';
import { Place } from '../../support/faults/place';
import { eventsOf, startTask, untilEnded } from '../../support/faults/tasks';
import { FAILURES } from '../../support/faults/templates';

/** A secret as hosts make them. */
const newSecret = () => `s3cret_${randomBytes(16).toString('hex')}`;

/** A secret that JSON and addresses write differently. */
const oddSecret = () => `s3cret"${randomBytes(16).toString('hex')}/+ &<ü>`;

/** The ways in which a secret may come to light. */
const writings = (secret: string): Record<string, string> => ({
  plain: secret,
  json: JSON.stringify(secret).slice(1, -1),
  url: encodeURIComponent(secret),
  base64: Buffer.from(secret).toString('base64').slice(0, -4),
  base64url: Buffer.from(secret).toString('base64url').slice(0, -4),
  hex: Buffer.from(secret).toString('hex'),
  upper: secret.toUpperCase(),
  reversed: [...secret].reverse().join(''),
  core: secret.slice(8, 24),
});

test.describe('a secret given to a task', () => {
  let maya: PortalClient;

  test.beforeAll(async ({ own }) => {
    test.setTimeout(300_000);
    maya = await PortalClient.as('maya.okafor', own.place);
  });

  const run = async (template: string, secret: string) => {
    const id = await startTask(
      maya,
      {},
      {
        templateRef: `template:default/${template}`,
        secrets: { PASSWORD: secret },
      },
    );
    const { status } = await untilEnded(maya, id);
    return { status, events: await eventsOf(maya, id) };
  };

  test('is nowhere after a task that used it', async ({ own }) => {
    const secret = newSecret();
    const { status, events } = await run('careless', secret);
    expect(JSON.stringify(events.slice(-4))).toContain('secret.txt');
    expect(status).toBe('completed');
    await expectNowhere(own.place, secret, events);
    expect(await searchDatabase([maya.token!], own.place)).toEqual({});
  });

  for (const name of Object.keys(FAILURES)) {
    test(`is nowhere after a task that failed by its ${name}`, async ({
      own,
    }) => {
      const secret = newSecret();
      const { status, events } = await run(`fails-by-${name}`, secret);
      expect(status).toBe('failed');
      await expectNowhere(own.place, secret, events);
      expect(await searchDatabase([maya.token!], own.place)).toEqual({});
    });
  }

  test('is nowhere either when it has to be escaped', async ({ own }) => {
    const secret = oddSecret();
    for (const template of ['careless', 'fails-by-address']) {
      const { events } = await run(template, secret);
      await expectNowhere(own.place, secret, events);
    }
  });
});

async function expectNowhere(place: Place, secret: string, events: unknown) {
  const ways = Object.entries(writings(secret));
  const texts = ways.map(([, text]) => text);
  expect(await searchDatabase(texts, place)).toEqual({});
  for (const [how, text] of ways) {
    expect(JSON.stringify(events).includes(text), `events: ${how}`).toBe(false);
    for (const name of ['backend.log', 'backend.log.1']) {
      const path = join(place.state, 'logs', name);
      const log = existsSync(path) ? readFileSync(path, 'utf8') : '';
      const line = log.split('\n').find(one => one.includes(text));
      expect(line, `${name}: ${how}`).toBeUndefined();
    }
  }
}
