import { expect } from '@playwright/test';
import { PortalClient } from './client';
import { outsiders } from './outsiders';

/**
 * Who may call what. Columns: whoever did not sign in; maya (developer in the
 * team that owns the thing); priya (developer in another team); jonas
 * (platform team). A row that is not here is covered by the default: 401
 * without credentials, and no permission that the policy does not name.
 *
 * `{…}` stands for something that the tests made for maya; 0 is not tried, for it
 * would change what the next rows need.
 */
export type Row = [
  route: string,
  outsider: number,
  maya: number,
  priya: number,
  jonas: number,
  body?: unknown,
];

/** The id of nothing. */
export const NO_UUID = '00000000-0000-0000-0000-000000000000';

/** The same answer for whoever signed in. */
export const everyone = (
  status: number,
  route: string,
  body?: unknown,
): Row => [route, 401, status, status, status, body];

/** Those who are let in, each as the columns say. */
export interface People {
  maya: PortalClient;
  priya: PortalClient;
  jonas: PortalClient;
}

/** Signs all of them in. */
export async function signIn(): Promise<People> {
  return {
    maya: await PortalClient.as('maya.okafor'),
    priya: await PortalClient.as('priya.raman'),
    jonas: await PortalClient.as('jonas.lind'),
  };
}

/** Compares a table with what really happens, as a table. */
export async function checkAccess(
  { maya, priya, jonas }: People,
  rows: Row[],
  made: Record<string, string> = {},
) {
  const fill = (text: string) =>
    text.replace(/\{(\w+)\}/g, (all, key) => made[key] ?? all);
  const actual: string[] = [];
  const expected: string[] = [];
  for (const [route, outsider, ...rest] of rows) {
    const [method, path] = fill(route).split(' ');
    const [body] = rest.slice(3);
    const filled = body && JSON.parse(fill(JSON.stringify(body)));
    const call = async (client: PortalClient) =>
      (await client.send(method, path, { body: filled })).status;

    for (const [name, client] of outsiders(maya.token!)) {
      expected.push(`${route} ${name}: ${outsider}`);
      actual.push(`${route} ${name}: ${await call(client)}`);
    }
    const insiders = { priya, maya, jonas };
    for (const [name, wanted] of [
      ['priya', rest[1]],
      ['maya', rest[0]],
      ['jonas', rest[2]],
    ] as const) {
      if (wanted === 0) continue;
      expected.push(`${route} ${name}: ${wanted}`);
      actual.push(`${route} ${name}: ${await call(insiders[name])}`);
    }
  }
  expect(actual).toEqual(expected);
}
