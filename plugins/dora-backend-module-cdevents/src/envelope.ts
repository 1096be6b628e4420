import { MalformedDelivery } from '@waymark/backstage-plugin-dora-node';
import { contextOf } from './schemas';

/** Attributes of CloudEvents, and where CDEvents has the same. */
const SAME = ['id', 'source', 'type'] as const;

/**
 * The CDEvent in a body: the body itself in CloudEvents' binary mode, or the data of
 * its structured mode. Headers of binary mode are not looked at: no signature is
 * over them, and the event says the same.
 *
 * @throws MalformedDelivery where the envelope is broken, or of another event
 */
export function opened(body: unknown): unknown {
  if (Array.isArray(body)) {
    throw new MalformedDelivery('/ is a batch: send one event at a time');
  }
  const envelope = (body ?? {}) as Record<string, unknown>;
  if (typeof envelope !== 'object' || !('specversion' in envelope)) return body;
  if (envelope.specversion !== '1.0') {
    throw new MalformedDelivery('/specversion must be 1.0');
  }
  const event = dataOf(envelope);
  const context = contextOf(event);
  const other = SAME.find(key => envelope[key] !== context[key]);
  if (other) {
    throw new MalformedDelivery(`/${other} is not that of /data/context`);
  }
  return event;
}

function dataOf({ data, data_base64: encoded }: Record<string, unknown>) {
  if (typeof encoded !== 'string') return data;
  try {
    return JSON.parse(Buffer.from(encoded, 'base64').toString('utf8'));
  } catch {
    throw new MalformedDelivery('/data_base64 is not JSON');
  }
}
