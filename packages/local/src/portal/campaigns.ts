import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import { PortalClient } from './client';

/** Until all components have been judged for the first time. */
const PATIENCE_MS = 10 * 60_000;
const LOOK_AGAIN_MS = 2_000;

const healthSchema = z.object({ components: z.number(), waiting: z.number() });
const campaignsSchema = z.object({ items: z.array(z.unknown()) });
const madeSchema = z.object({ id: z.string() });

/** What the sample company works on, as its platform team would have written it. */
const CAMPAIGNS = [
  {
    title: 'Every service has a runbook and somebody on call',
    description:
      'A campaign of the sample company. Whoever is woken at three should find steps that somebody thought through by day, and it should be clear who is called.',
    rules: ['runbook', 'on-call'],
    starts: true,
  },
  {
    title: 'Pipelines name the system that they run on',
    description:
      'A campaign of the sample company, not begun yet. Its rule is on trial: it counts for no score until this campaign ends by making it a standing rule.',
    rules: ['pinned-runner'],
    starts: false,
  },
];

/**
 * Gives the sample company its campaigns, once there is something to say of its
 * components, and only where nobody has made a campaign yet. Never fails: a
 * portal without them is a portal.
 */
export async function showCampaigns(
  client: Pick<PortalClient, 'get' | 'post'>,
  {
    today = new Date(),
    lookAgainMs = LOOK_AGAIN_MS,
  }: { today?: Date; lookAgainMs?: number } = {},
): Promise<void> {
  const end = Date.now() + PATIENCE_MS;
  for (;;) {
    const health = healthSchema.safeParse(
      await client.get('/api/compliance/health'),
    ).data;
    if (health && health.components > 0 && health.waiting === 0) break;
    if (Date.now() > end) return;
    await delay(lookAgainMs);
  }
  const known = await client.get('/api/compliance/campaigns');
  if (campaignsSchema.safeParse(known).data?.items.length !== 0) return;
  for (const { starts, ...campaign } of CAMPAIGNS) {
    const made = await client.post('/api/compliance/campaigns', {
      ...campaign,
      scope: { lifecycles: ['production'] },
      deadline: endOfQuarter(today),
    });
    const { id } = madeSchema.safeParse(made).data ?? {};
    if (starts && id) {
      await client.post(`/api/compliance/campaigns/${id}/state`, {
        state: 'running',
      });
    }
  }
}

/** The last day of this quarter, or of the next where less than three weeks are left. */
export function endOfQuarter(today: Date): string {
  const year = today.getUTCFullYear();
  const quarter = Math.floor(today.getUTCMonth() / 3);
  const [first, second] = [1, 2].map(
    ahead => new Date(Date.UTC(year, (quarter + ahead) * 3, 0)),
  );
  const left = first.getTime() - today.getTime();
  return (left < 21 * 86_400_000 ? second : first).toISOString().slice(0, 10);
}
