import { createHmac } from 'node:crypto';
import { at, sha } from './github';

type Version = '0.4.0' | '0.4.1' | '0.5.1';
/** Versions of the types of events in each version of CDEvents. */
const TYPES: Record<Version, string> = {
  '0.4.0': '0.2.0',
  '0.4.1': '0.2.0',
  '0.5.1': '0.3.0',
};

/** An event at a minute, with the fields that its version has. */
export function cdevent(
  minutes: number,
  name: `${string}.${string}`,
  subject: { id: string; source?: string; content: object },
  more: { version?: Version; customData?: object; type?: string } = {},
) {
  const { version = '0.5.1', customData } = more;
  const [type] = name.split('.');
  const isOld = version !== '0.5.1';
  return {
    context: {
      ...(isOld ? { version } : { specversion: version }),
      ...(version === '0.4.0' ? { chain_id: 'c' } : { chainId: 'c' }),
      id: `${name}-${minutes}`,
      source: '/ci/tidewater',
      type: more.type ?? `dev.cdevents.${name}.${TYPES[version]}`,
      timestamp: at(minutes),
    },
    subject: { ...subject, ...(isOld && { type }) },
    ...(customData && {
      customData,
      customDataContentType: 'application/json',
    }),
  };
}
export type CDEvent = ReturnType<typeof cdevent>;

/** The event in CloudEvents' structured mode. */
export function structured(event: CDEvent) {
  const { id, source, type, timestamp: time } = event.context;
  const subject = event.subject.id;
  return { specversion: '1.0', id, source, type, time, subject, data: event };
}

/** Package URL of an image. */
export const image = (n: number) =>
  `pkg:oci/pricing@sha256%3A${String(n).padStart(64, 'f')}`;

export const CODE = 'git.example.com/Tidewater/pricing';

export const deployed = (
  minutes: number,
  n: number,
  what: 'deployed' | 'upgraded' | 'rolledback' = 'deployed',
  version: Version = '0.5.1',
) =>
  cdevent(
    minutes,
    `service.${what}`,
    {
      id: 'service/pricing',
      content: {
        environment: { id: 'production', source: 'eu' },
        artifactId: image(n),
      },
    },
    { version },
  );
export const packaged = (minutes: number, n: number, commit = sha(n)) =>
  cdevent(minutes, 'artifact.packaged', {
    id: image(n),
    content: { change: { id: commit, source: CODE } },
  });
export const incident = (
  minutes: number,
  what: 'detected' | 'reported' | 'resolved',
  content: object,
  id = 'I-7',
) =>
  cdevent(minutes, `incident.${what}`, {
    id,
    source: '/monitoring',
    content: {
      service: { id: 'service/pricing' },
      environment: { id: 'production' },
      ...content,
    },
  });

/** The signature of a body. */
export function signature(body: unknown, secret: string) {
  const hex = createHmac('sha256', secret).update(JSON.stringify(body));
  return { 'x-waymark-signature-256': `sha256=${hex.digest('hex')}` };
}
