import { readFile } from 'node:fs/promises';
import { InputError } from '@backstage/errors';
import { parse } from 'yaml';
import { z } from 'zod';

const TIMEOUT_MS = 10_000;

const exemptionSchema = z.object({
  rule: z.string(),
  /** Name of the component. */
  service: z.string(),
  /** Last day. */
  until: z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'must be a day: 2026-12-31'),
  reason: z.string().default('The platform team allows it.'),
});

/** What the platform team has exempted. */
export type TreeExemption = z.infer<typeof exemptionSchema>;

/**
 * Exemptions of a file such as `policies/exemptions.yaml`, or those that a portal
 * exports.
 *
 * @throws InputError: without them, what is exempt would be called broken
 */
export async function readExemptions(
  from: string,
  token: string | undefined,
): Promise<TreeExemption[]> {
  let listed: unknown;
  try {
    const isUrl = /^https?:\/\//i.test(from);
    listed = parse(
      isUrl
        ? await download(new URL(from), token)
        : await readFile(from, 'utf8'),
    );
  } catch (error) {
    throw new InputError(
      `The exemptions cannot be read from ${from}: ${(error as Error).message}`,
    );
  }
  const parsed = z.array(exemptionSchema).safeParse(listed ?? []);
  if (parsed.success) return parsed.data;
  const [{ path, message }] = parsed.error.issues;
  throw new InputError(
    `${from} is no list of exemptions: ${path.join('.') || 'it'}: ${message}`,
  );
}

async function download(url: URL, token: string | undefined): Promise<string> {
  const isLocal = ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname);
  if (token && url.protocol !== 'https:' && !isLocal) {
    throw new Error('WAYMARK_TOKEN is sent by https only');
  }
  const response = await fetch(url, {
    headers: token ? { authorization: `Bearer ${token}` } : {},
    // A redirect would carry the token to somewhere else.
    redirect: 'error',
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  if (!response.ok) throw new Error(`it answers ${response.status}`);
  return response.text();
}
