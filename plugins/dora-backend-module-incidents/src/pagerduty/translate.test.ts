import {
  MalformedDelivery,
  observationSchema,
} from '@waymark/backstage-plugin-dora-node';
import { pagerDuty } from '../__testUtils__/published';
import { translate } from './translate';

const receivedAt = new Date('2020-10-02T18:45:23Z');
const of = (body: unknown) =>
  translate({ deliveryId: 'd', event: 'e', body, receivedAt });
const CREATED = '2020-04-09T15:16:27.000Z';
const OCCURRED = '2020-10-02T18:45:22.169Z';

function said(...payload: Parameters<typeof pagerDuty>) {
  const translation = of(pagerDuty(...payload));
  if ('ignored' in translation) throw new Error(translation.ignored);
  return translation.observations.map(one => {
    const observation = observationSchema.parse(one);
    if (observation.kind !== 'incident') throw new Error(observation.kind);
    return observation;
  });
}

describe('webhooks of PagerDuty', () => {
  it('tell of an incident, as documented', () => {
    const incident = {
      kind: 'incident',
      source: 'pagerduty',
      externalId: 'PGR0VU2',
      service: 'PF9KMXH',
      severity: 'P1',
      title: 'A little bump in the road',
      url: 'https://acme.pagerduty.com/incidents/PGR0VU2',
      startedAt: CREATED,
    };
    expect(said('incident.triggered')).toEqual([
      { ...incident, at: CREATED, status: 'triggered' },
      { ...incident, at: OCCURRED, status: 'triggered' },
    ]);
  });

  it.each([
    ['incident.triggered', 'resolved', 'triggered'],
    ['incident.acknowledged', 'acknowledged', 'acknowledged'],
    ['incident.unacknowledged', 'triggered', 'triggered'],
    ['incident.resolved', 'resolved', 'resolved'],
    ['incident.reopened', 'triggered', 'reopened'],
    ['incident.priority_updated', 'triggered', 'triggered'],
    ['incident.priority_updated', 'resolved', 'resolved'],
    ['incident.service_updated', 'acknowledged', 'acknowledged'],
    ['incident.delegated', 'triggered', 'triggered'],
    ['incident.escalated', 'triggered', 'triggered'],
    ['incident.reassigned', 'acknowledged', 'acknowledged'],
    ['incident.incident_type.changed', 'triggered', 'triggered'],
    ['incident.of_tomorrow', 'acknowledged', 'acknowledged'],
  ])('%s of what is %s says it is %s', (type, status, expected) => {
    const [, { status: found, at }] = said(type, { status });
    expect([found, at]).toEqual([expected, OCCURRED]);
  });

  it('say no incident where it was merged into another', () => {
    const resolve_reason = { type: 'merge_resolve_reason', incident: {} };
    const data = { status: 'resolved', resolve_reason };
    expect(said('incident.resolved', data)[1].status).toBe('withdrawn');
  });

  it('have the urgency where there is no priority', () => {
    expect(said('incident.triggered', { priority: null })[0].severity).toBe(
      'high',
    );
  });

  it.each([
    ['pagey.ping', { type: 'ping', message: 'Hello' }],
    ['incident.annotated', { type: 'incident_note', content: 'x' }],
    ['incident.responder.added', { type: 'incident_responder' }],
    ['incident.status_update_published', { type: 'incident_status_update' }],
    ['incident.workflow.started', { type: 'incident_workflow_instance' }],
    ['service.updated', { type: 'service' }],
  ])('of type %s are not counted, with a reason', (type, data) => {
    expect(of(pagerDuty(type, data))).toEqual({
      ignored: `Events of type ${type} are not counted`,
    });
  });

  it('of an incident without a service say nothing of a component', () => {
    expect(of(pagerDuty('incident.triggered', { service: null }))).toEqual({
      ignored: 'The incident is of no service',
    });
  });

  it.each([
    [null, 'body: '],
    [{}, 'event: '],
    [{ messages: [] }, 'event: '],
    [pagerDuty('weather.changed'), 'Events of type weather.changed'],
    [pagerDuty('incident.triggered', {}, 'soon'), 'event.occurred_at: '],
    [pagerDuty('incident.triggered', { created_at: 1e15 }), 'created_at: '],
    [pagerDuty('incident.triggered', { status: 'odd' }), 'status: '],
    [pagerDuty('incident.triggered', { id: 7 }), 'event.data.id: '],
    [pagerDuty('incident.triggered', { service: {} }), 'service.id: '],
  ])('that are not as documented go to quarantine: %#', (body, why) => {
    expect(() => of(body)).toThrow(MalformedDelivery);
    expect(() => of(body)).toThrow(why);
  });
});
