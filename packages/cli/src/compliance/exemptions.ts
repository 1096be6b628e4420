import { readFile } from 'node:fs/promises';
import { InputError } from '@backstage/errors';
import { parse } from 'yaml';
import { z } from 'zod';
import { download } from '../portal/download';

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
      isUrl ? await listOf(new URL(from), token) : await readFile(from, 'utf8'),
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

async function listOf(url: URL, token: string | undefined): Promise<string> {
  const { status, text } = await download(url, token);
  if (status !== 200) throw new Error(`it answers ${status}`);
  return text;
}
