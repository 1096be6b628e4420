import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import { Running } from './processes';

/** Answers 200 only when a Backstage backend really serves. */
export const READINESS = '/.backstage/health/v1/readiness';

/** Whether a page or an endpoint answers with success right now. */
export async function answers(url: string, token?: string): Promise<boolean> {
  try {
    const response = await fetch(url, {
      headers: token ? { authorization: `Bearer ${token}` } : {},
      signal: AbortSignal.timeout(5_000),
    });
    await response.arrayBuffer();
    return response.ok;
  } catch {
    return false;
  }
}

/**
 * Waits until all answer.
 *
 * @throws Error after two minutes, or where the portal ends before that
 */
export async function waitForAnswers(running: Running, urls: string[]) {
  const deadline = Date.now() + 120_000;
  for (const url of urls) {
    while (!(await answers(url))) {
      running.assertAlive();
      if (Date.now() > deadline) throw new Error(`No answer from ${url}`);
      await delay(50);
    }
  }
}

/**
 * Sends a request and reads its whole answer.
 *
 * @throws Error where it is no success
 */
export async function request(
  url: string,
  options: { token?: string; headers?: Record<string, string>; body?: unknown },
): Promise<unknown> {
  const { token, headers, body } = options;
  const send = () =>
    fetch(url, {
      method: body === undefined ? 'GET' : 'POST',
      headers: {
        ...headers,
        ...(token ? { authorization: `Bearer ${token}` } : {}),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      body: body === undefined ? undefined : JSON.stringify(body),
      signal: AbortSignal.timeout(60_000),
    });
  // A connection that was kept may be closed at the moment at which it is used.
  const isGet = body === undefined;
  const response = await (isGet ? send().catch(send) : send());
  const text = await response.text();
  if (!response.ok) {
    throw new Error(
      `${url} answered ${response.status}: ${text.slice(0, 300)}`,
    );
  }
  return JSON.parse(text);
}

const sessionSchema = z.object({
  backstageIdentity: z.object({ token: z.string() }),
});

/** Signs in, and again until the catalog knows the user. */
export async function signIn(
  url: string,
  headers: Record<string, string>,
): Promise<string> {
  const deadline = Date.now() + 60_000;
  for (;;) {
    try {
      const session = sessionSchema.parse(await request(url, { headers }));
      return session.backstageIdentity.token;
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await delay(250);
    }
  }
}
