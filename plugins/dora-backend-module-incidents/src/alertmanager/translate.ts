import {
  Delivery,
  firstLine,
  Observation,
  ObservationOf,
  read,
  sourceInstant,
  Translation,
} from '@waymark/backstage-plugin-dora-node';
import { z } from 'zod';
import { Matcher } from './matchers';

/** What an administrator can set. */
export interface AlertSettings {
  /** An alert that fits all of them is an incident. */
  matchers: readonly Matcher[];
  /** Labels or annotations, or several joined by `/`; the first that is there counts. */
  services: readonly string[];
}

const texts = z.record(z.string(), z.string());
const alertSchema = z.object({
  status: z.enum(['firing', 'resolved']),
  labels: texts,
  annotations: texts.default({}),
  startsAt: sourceInstant,
  endsAt: sourceInstant,
  generatorURL: z.string().nullish(),
  fingerprint: z.string().min(1).max(100),
});
const payload = z.object({
  version: z.literal('4'),
  alerts: z.array(alertSchema),
});
type Alert = z.infer<typeof alertSchema>;

/** What a group of alerts says: each that counts is an incident. */
export function translate(
  { body }: Delivery,
  settings: AlertSettings,
): Translation {
  const { alerts } = read(payload, body);
  const matching = alerts.filter(({ labels }) =>
    settings.matchers.every(({ label, fits }) => fits(labels[label] ?? '')),
  );
  if (matching.length === 0) {
    return { ignored: 'None of the alerts is of those that are incidents' };
  }
  const observations = matching.flatMap(alert => {
    const service = serviceOf(alert, settings);
    return service ? incident(alert, service) : [];
  });
  return observations.length > 0
    ? { observations }
    : { ignored: `No alert has ${settings.services.join(' or ')}` };
}

function incident(alert: Alert, service: string): Observation[] {
  const { labels, annotations, startsAt, endsAt, generatorURL } = alert;
  const sha = (annotations.caused_by ?? labels.caused_by)?.toLowerCase();
  const of = (
    status: ObservationOf<'incident'>['status'],
    at: string,
  ): Observation => ({
    kind: 'incident',
    source: 'alertmanager',
    // A fingerprint is that of the labels: the next time it fires is another one.
    externalId: `${alert.fingerprint}/${startsAt}`,
    service,
    severity: labels.severity ?? '',
    title: firstLine(annotations.summary || labels.alertname || 'Alert'),
    ...(generatorURL && { url: generatorURL }),
    at,
    status,
    startedAt: startsAt,
    ...(sha && /^[0-9a-f]{40}([0-9a-f]{24})?$/.test(sha) && { cause: { sha } }),
  });
  const began = of('triggered', startsAt);
  return alert.status === 'firing' ? [began] : [began, of('resolved', endsAt)];
}

function serviceOf(
  { labels, annotations }: Alert,
  { services }: AlertSettings,
): string | undefined {
  for (const key of services) {
    const parts = key.split('/').map(name => labels[name] || annotations[name]);
    if (parts.every(Boolean)) return parts.join('/').slice(0, 1_000);
  }
  return undefined;
}
