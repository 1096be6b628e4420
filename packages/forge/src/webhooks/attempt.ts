import { createHmac } from 'node:crypto';
import { DeliveryRecord, HookRecord } from '../store/records';

/** A receiver gets this long, as on GitHub. */
const TIMEOUT_MS = 10_000;
const MAX_RESPONSE = 25 * 1024;
const KEEP_TRYING_MS = 60 * 60 * 1000;
const MAX_BACKOFF_MS = 15_000;
/** A receiver that answers, but cannot take it, is asked this many times. */
const MAX_REFUSALS = 6;

/** Bytes and headers of a call. The secret goes into the signature only. */
export function buildRequest(
  hook: HookRecord,
  delivery: DeliveryRecord,
  target: { type: string; id: number },
): { headers: Record<string, string>; body: string } {
  const form = hook.contentType === 'form';
  const body = form
    ? new URLSearchParams({ payload: delivery.payload }).toString()
    : delivery.payload;
  const headers: Record<string, string> = {
    Accept: '*/*',
    'Content-Type': form
      ? 'application/x-www-form-urlencoded'
      : 'application/json',
    'User-Agent': 'GitHub-Hookshot/forge',
    'X-GitHub-Delivery': delivery.guid,
    'X-GitHub-Event': delivery.event,
    'X-GitHub-Hook-ID': String(hook.id),
    'X-GitHub-Hook-Installation-Target-ID': String(target.id),
    'X-GitHub-Hook-Installation-Target-Type': target.type,
  };
  if (hook.secret !== null) {
    for (const [name, algorithm] of [
      ['X-Hub-Signature', 'sha1'],
      ['X-Hub-Signature-256', 'sha256'],
    ]) {
      const digest = createHmac(algorithm, hook.secret)
        .update(body)
        .digest('hex');
      headers[name] = `${algorithm}=${digest}`;
    }
  }
  return { headers, body };
}

/** What came of one call. Status 0: nobody answered. */
export interface Outcome {
  statusCode: number;
  statusText: string;
  headers: Record<string, string>;
  body: string;
  durationSeconds: number;
}

/** Makes the call; never throws. */
export async function callReceiver(
  url: string,
  request: { headers: Record<string, string>; body: string },
  signal: AbortSignal,
): Promise<Outcome> {
  const started = performance.now();
  const elapsed = () => Math.round((performance.now() - started) / 10) / 100;
  try {
    const response = await fetch(url, {
      method: 'POST',
      redirect: 'manual',
      signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]),
      ...request,
    });
    const body = await readLimited(response);
    return {
      statusCode: response.status,
      statusText: response.ok
        ? 'OK'
        : response.statusText || 'Invalid HTTP Response',
      headers: Object.fromEntries(response.headers),
      body,
      durationSeconds: elapsed(),
    };
  } catch (error) {
    const timedOut = (error as Error).name === 'TimeoutError';
    return {
      statusCode: 0,
      statusText: timedOut ? 'timed out' : 'failed to connect to host',
      headers: {},
      body: '',
      durationSeconds: elapsed(),
    };
  }
}

async function readLimited(response: Response): Promise<string> {
  if (!response.body) {
    return '';
  }
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body) {
    chunks.push(chunk);
    size += chunk.length;
    if (size > MAX_RESPONSE) {
      break;
    }
  }
  return Buffer.concat(chunks).subarray(0, MAX_RESPONSE).toString('utf8');
}

/** The delivery with what came of an attempt, and when to try again if at all. */
export function settle(
  delivery: DeliveryRecord,
  requestHeaders: Record<string, string>,
  outcome: Outcome,
  nowMs: number,
): { delivery: DeliveryRecord; retryInMs?: number } {
  const attempts = delivery.attempts + 1;
  const ok = outcome.statusCode >= 200 && outcome.statusCode < 300;
  const retryInMs = ok
    ? undefined
    : retryDelay(
        outcome.statusCode,
        attempts,
        nowMs - Date.parse(delivery.createdAt),
      );
  const failed = retryInMs === undefined ? 'failed' : 'pending';
  return {
    delivery: {
      ...delivery,
      attempts,
      state: ok ? 'delivered' : failed,
      deliveredAt: new Date(nowMs).toISOString(),
      durationSeconds: outcome.durationSeconds,
      statusCode: outcome.statusCode,
      statusText: outcome.statusText,
      requestHeaders,
      responseHeaders: outcome.headers,
      responseBody: outcome.body,
    },
    retryInMs,
  };
}

/**
 * GitHub tries once. A portal on the same laptop may just be starting: while
 * nobody answers it is tried again for an hour, and a few times while the
 * answer says that the receiver is not ready (404, 408, 429, 5xx).
 */
export function retryDelay(
  statusCode: number,
  attempts: number,
  ageMs: number,
): number | undefined {
  const notReady = statusCode >= 500 || [404, 408, 429].includes(statusCode);
  if (
    ageMs > KEEP_TRYING_MS ||
    (statusCode !== 0 && (!notReady || attempts >= MAX_REFUSALS))
  ) {
    return undefined;
  }
  return Math.min(500 * 2 ** (attempts - 1), MAX_BACKOFF_MS);
}
