import { Entity } from '@backstage/catalog-model';
import { z } from 'zod';
import { runStep } from '../lib/step';
import { openStores } from './database';
import { fillCampaign, fillHistory } from './history';
import { servePortal } from './portal';

const DAYS = 364;
const WARM = 5;
const TIMES = 100;

const madeSchema = z.object({ id: z.string() });

/** Asks for what the company's pages show, one after the other. */
runStep(async () => {
  const { knex } = await openStores();
  await fillHistory(knex, DAYS);
  const owners = await knex('components').distinct('owner').pluck('owner');
  const portal = await servePortal({ knex, entities: owners.map(groupOf) });
  const { id } = madeSchema.parse(
    await portal.ask('POST', '/campaigns', {
      title: 'Runbooks for everything',
      rules: ['runbook', 'on-call'],
      scope: {},
      deadline: new Date(Date.now() + 30 * 86_400_000)
        .toISOString()
        .slice(0, 10),
    }),
  );
  await portal.ask('POST', `/campaigns/${id}/state`, { state: 'running' });
  await fillCampaign(knex, id, DAYS);
  await knex.raw('vacuum analyze');

  const pages = {
    '/summary?by=owner': [] as number[],
    '/history': [] as number[],
    '/scores': [] as number[],
    '/rules': [] as number[],
    [`/campaigns/${id}`]: [] as number[],
  };
  for (let time = -WARM; time < TIMES; time++) {
    for (const [path, measured] of Object.entries(pages)) {
      const begun = performance.now();
      await portal.ask('GET', path);
      if (time >= 0) measured.push(performance.now() - begun);
    }
  }
  await portal.stop();
  return {
    days: DAYS,
    pages: Object.entries(pages).map(([path, measured]) => ({
      path: path.replace(id, ':id'),
      measured,
    })),
  };
});

function groupOf(ref: string): Entity {
  const [, name] = ref.split('/');
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Group',
    metadata: { name, namespace: 'default', title: `Team ${name}` },
    spec: { type: 'team', children: [] },
  };
}
