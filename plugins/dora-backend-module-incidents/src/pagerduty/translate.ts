import {
  Delivery,
  firstLine,
  MalformedDelivery,
  Observation,
  ObservationOf,
  read,
  sourceInstant,
  Translation,
} from '@waymark/backstage-plugin-dora-node';
import { z } from 'zod';

const reference = z.object({
  id: z.string().min(1),
  summary: z.string().nullish(),
});
const typed = z.object({
  event: z.object({
    event_type: z.string(),
    occurred_at: sourceInstant,
    data: z.object({ type: z.string().nullish() }).nullish(),
  }),
});
const incidentEvent = z.object({
  event: z.object({
    data: z.object({
      id: z.string().min(1),
      html_url: z.string().nullish(),
      status: z.enum(['triggered', 'acknowledged', 'resolved']),
      created_at: sourceInstant,
      title: z.string(),
      service: reference.nullish(),
      priority: reference.nullish(),
      urgency: z.string().nullish(),
      resolve_reason: z.object({ type: z.string() }).nullish(),
    }),
  }),
});

/** What these events say, whatever has happened since. */
const STATUSES: Record<string, ObservationOf<'incident'>['status']> = {
  'incident.triggered': 'triggered',
  'incident.acknowledged': 'acknowledged',
  'incident.unacknowledged': 'triggered',
  'incident.reopened': 'reopened',
  'incident.resolved': 'resolved',
};

/** What a webhook of PagerDuty says. */
export function translate({ body }: Delivery): Translation {
  const { event } = read(typed, body);
  const { event_type: type, occurred_at: at } = event;
  if (!/^(incident|service|pagey)\./.test(type)) {
    throw new MalformedDelivery(`Events of type ${type} are not known`);
  }
  // New types of events about an incident come with the incident as it is.
  if (
    !type.startsWith('incident.') ||
    (event.data?.type ?? 'incident') !== 'incident'
  ) {
    return { ignored: `Events of type ${type} are not counted` };
  }
  const { data } = read(incidentEvent, body).event;
  if (!data.service) return { ignored: 'The incident is of no service' };
  const of = (
    status: ObservationOf<'incident'>['status'],
    when: string,
  ): Observation => ({
    kind: 'incident',
    source: 'pagerduty',
    externalId: data.id,
    service: data.service!.id,
    severity: data.priority?.summary || data.urgency || '',
    title: firstLine(data.title),
    ...(data.html_url && { url: data.html_url }),
    at: when,
    status,
    startedAt: data.created_at,
  });
  const said = Object.hasOwn(STATUSES, type) ? STATUSES[type] : data.status;
  // Another incident goes on for it.
  const isMerged =
    said === 'resolved' && data.resolve_reason?.type === 'merge_resolve_reason';
  return {
    observations: [
      of('triggered', data.created_at),
      of(isMerged ? 'withdrawn' : said, at),
    ],
  };
}
