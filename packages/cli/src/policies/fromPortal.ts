import { InputError } from '@backstage/errors';
import {
  exportedExemptionsSchema,
  promotedRulesSchema,
} from '@waymark/backstage-plugin-compliance-common';
import { download } from '../portal/download';

/** What a portal has decided. */
export interface Decided {
  exemptions: {
    rule: string;
    service: string;
    until: string;
    reason?: string;
  }[];
  /** Ids of rules on trial that have become standing ones. */
  promoted: string[];
}

/**
 * Asks a portal what it has decided.
 *
 * @throws InputError where it does not say, or says it to nobody with this token
 */
export async function readDecided(
  portal: string,
  token: string | undefined,
): Promise<Decided> {
  if (!/^https?:\/\//i.test(portal) || !URL.canParse(portal)) {
    throw new InputError(
      '--portal must be an address such as https://portal.example',
    );
  }
  const ask = async (path: string): Promise<unknown> => {
    const url = new URL(`${portal.replace(/\/+$/, '')}/api/compliance/${path}`);
    try {
      const { status, text } = await download(url, token);
      if (status === 404) return undefined;
      if (status !== 200) throw new Error(words(status));
      return JSON.parse(text);
    } catch (error) {
      const reason =
        error instanceof SyntaxError
          ? 'it answers no JSON: is it the address of the portal?'
          : (error as Error).message;
      throw new InputError(`The portal cannot be asked at ${url}: ${reason}`);
    }
  };
  const exemptions = await ask('exemptions/export?complete=true');
  if (exemptions === undefined) {
    throw new InputError(`There is no Waymark at ${portal}.`);
  }
  // A portal without campaigns has promoted nothing.
  const promoted = (await ask('rules/promoted')) ?? [];
  return {
    exemptions: parsed(exportedExemptionsSchema, exemptions, 'exemptions'),
    promoted: parsed(promotedRulesSchema, promoted, 'promoted rules').map(
      ({ rule }) => rule,
    ),
  };
}

function words(status: number): string {
  if (status === 401) {
    return 'it answers 401: WAYMARK_TOKEN is missing, wrong or over';
  }
  return status === 403
    ? 'it answers 403: the token must be able to read every component'
    : `it answers ${status}`;
}

function parsed<T>(
  schema: {
    safeParse(value: unknown): {
      data?: T;
      error?: { issues: { path: PropertyKey[]; message: string }[] };
    };
  },
  value: unknown,
  what: string,
): T {
  const { data, error } = schema.safeParse(value);
  if (!error) return data as T;
  const [{ path, message }] = error.issues;
  throw new InputError(
    `The portal's ${what} are not as they must be: ${path.join(
      '.',
    )}: ${message}`,
  );
}
