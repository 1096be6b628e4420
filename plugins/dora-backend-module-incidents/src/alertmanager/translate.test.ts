import { ConfigReader } from '@backstage/config';
import {
  MalformedDelivery,
  observationSchema,
} from '@waymark/backstage-plugin-dora-node';
import { ALERT, alertmanager } from '../__testUtils__/published';
import { readAlertSettings } from './config';
import { translate } from './translate';

const receivedAt = new Date('2018-08-03T08:00:00Z');
const settings = (incidents: object) =>
  readAlertSettings(
    new ConfigReader({ dora: { sources: { alertmanager: { incidents } } } }),
  );
const of = (sent: unknown, incidents: object = {}) => {
  const body = JSON.parse(JSON.stringify(sent));
  return translate(
    { deliveryId: 'd', event: 'firing', body, receivedAt },
    settings(incidents),
  );
};
const BEGAN = '2018-08-03T07:52:26.739Z';
const ENDED = '2018-08-03T08:10:00.000Z';
const resolved = { status: 'resolved', endsAt: '2018-08-03T10:10:00+02:00' };

function said(...payload: Parameters<typeof of>) {
  const translation = of(...payload);
  if ('ignored' in translation) throw new Error(translation.ignored);
  return translation.observations.map(one => {
    const observation = observationSchema.parse(one);
    if (observation.kind !== 'incident') throw new Error(observation.kind);
    return observation;
  });
}
const labelled = (labels: object, annotations?: object) =>
  alertmanager({
    labels: { ...ALERT.labels, ...labels },
    ...(annotations && { annotations }),
  });

describe('alerts of Alertmanager', () => {
  it('are incidents, each of a group its own', () => {
    const other = { ...resolved, fingerprint: 'f2', annotations: {} };
    const pricing = {
      kind: 'incident',
      source: 'alertmanager',
      externalId: `1a30ba71cca2921f/${BEGAN}`,
      service: 'pricing',
      severity: 'page',
      title: 'pricing burns its error budget',
      url: ALERT.generatorURL,
      at: BEGAN,
      startedAt: BEGAN,
      status: 'triggered',
    };
    const second = {
      ...pricing,
      externalId: `f2/${BEGAN}`,
      title: 'ErrorBudgetBurn',
    };
    expect(said(alertmanager({}, other))).toEqual([
      pricing,
      second,
      { ...second, at: ENDED, status: 'resolved' },
    ]);
  });

  it('that fire again are another incident', () => {
    const again = { startsAt: '2018-08-04T00:00:00Z' };
    const ids = said(alertmanager({}, again)).map(one => one.externalId);
    expect(new Set(ids).size).toBe(2);
  });

  it.each([
    [{ severity: 'critical' }, undefined, true],
    [{ severity: 'page' }, undefined, true],
    [{ severity: 'paged' }, undefined, false],
    [{ severity: 'warning' }, undefined, false],
    [{ severity: undefined }, undefined, false],
    [{ severity: 'warning' }, ['severity=warning'], true],
    [{ severity: 'page' }, ['severity!="page"'], false],
    [{ team: 'a' }, ['severity="page"', 'team!~"b|c"'], true],
    [{ team: 'b' }, ['severity="page"', 'team!~"b|c"'], false],
    [{}, ['incident!="false"'], true],
    [{ incident: 'false' }, ['incident!="false"'], false],
    [{ q: 'a"b' }, ['q = "a\\"b"'], true],
    [{ severity: 'none' }, [], true],
  ])('with %j count by %j: %s', (labels, matchers, counts) => {
    const translated = of(labelled(labels), matchers && { matchers });
    expect('observations' in translated).toBe(counts);
  });

  it.each([
    [{}, {}, undefined, 'pricing'],
    [{}, {}, ['namespace/service'], 'shop/pricing'],
    [{}, {}, ['component', 'namespace'], 'shop'],
    [
      {},
      { component: 'component:default/cart' },
      ['component'],
      'component:default/cart',
    ],
    [{ service: '' }, { service: 'cart' }, undefined, 'cart'],
  ])(
    'with %j and %j are of the service by %j: %s',
    (labels, notes, services, name) => {
      const [alert] = said(labelled(labels, notes), services && { services });
      expect(alert.service).toBe(name);
    },
  );

  it('without a service are ignored, and say which label is missing', () => {
    const services = ['service', 'job/service'];
    expect(of(labelled({ service: undefined }), { services })).toEqual({
      ignored: 'No alert has service or job/service',
    });
  });

  it('may state the commit that is to blame', () => {
    const sha = 'AB'.repeat(20);
    const [{ cause }] = said(labelled({}, { caused_by: sha }));
    expect(cause).toEqual({ sha: sha.toLowerCase() });
    expect(said(labelled({ caused_by: 'v1' }))[0].cause).toBeUndefined();
  });

  it.each([
    [null, 'body: '],
    [{ ...alertmanager({}), version: '3' }, 'version: '],
    [{ ...alertmanager({}), alerts: undefined }, 'alerts: '],
    [alertmanager({ status: 'odd' }), 'alerts.0.status: '],
    [alertmanager({}, { fingerprint: '' }), 'alerts.1.fingerprint: '],
    [alertmanager({ startsAt: 'x' }), 'alerts.0.startsAt: '],
    [alertmanager({ labels: { severity: 1 } }), 'alerts.0.labels.severity: '],
  ])('that are not as documented go to quarantine: %#', (body, why) => {
    expect(() => of(body)).toThrow(MalformedDelivery);
    expect(() => of(body)).toThrow(why);
  });

  it.each([
    [{ matchers: ['severity'] }, 'incidents.matchers: severity is no matcher'],
    [{ matchers: ['a=~"("'] }, 'no valid regular expression'],
    [{ services: ['a.b'] }, 'incidents.services must be names'],
    [{ services: [] }, 'incidents.services must be names'],
  ])('are not read by the settings %j', (incidents, why) => {
    expect(() => settings(incidents)).toThrow(why);
  });
});
