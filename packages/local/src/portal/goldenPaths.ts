import { createHash } from 'node:crypto';
import { basename, dirname } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import { PortalClient } from './client';

const PATIENCE_MS = 60_000;
const LOOK_AGAIN_MS = 2_000;

const LOCATION = 'backstage.io/managed-by-location';
const ORIGIN = 'backstage.io/managed-by-origin-location';

const entitiesSchema = z.object({
  items: z.array(
    z.object({
      kind: z.string(),
      metadata: z.object({
        name: z.string(),
        annotations: z.record(z.string()).default({}),
      }),
      spec: z
        .object({ targets: z.array(z.string()).default([]) })
        .passthrough()
        .default({}),
    }),
  ),
});

/**
 * Sees to it that the golden paths that a file lists are in the catalog. A
 * catalog that was stopped while it read one comes back to it after its
 * processing interval; so it is asked to look again, until all are there.
 *
 * @param url - the file, as the catalog's configuration names it
 * @param isNew - whether the files have changed since the portal last ran
 */
export async function showGoldenPaths(
  client: PortalClient,
  url: string,
  isNew: boolean,
) {
  const deadline = Date.now() + PATIENCE_MS;
  let isAsked = !isNew;
  while (Date.now() < deadline) {
    const { known, missing } = await look(client, url);
    for (const entityRef of isAsked ? missing : [...known, ...missing]) {
      await client.post('/api/catalog/refresh', { entityRef });
    }
    if (isAsked && missing.length === 0) return;
    isAsked = true;
    await delay(LOOK_AGAIN_MS);
  }
}

/** References of the entities which are there, and of those which are not. */
async function look(client: PortalClient, url: string) {
  const answer = await client.get(
    `/api/catalog/entities/by-query?limit=500&filter=${encodeURIComponent(
      `metadata.annotations.${ORIGIN}=url:${url}`,
    )}&fields=kind,metadata.name,metadata.annotations,spec.targets`,
  );
  const entities = entitiesSchema.safeParse(answer).data?.items ?? [];
  const templates = entities.filter(({ kind }) => kind === 'Template');
  const lists = entities.filter(({ spec }) => spec.targets.length > 0);
  const listed = lists.flatMap(({ metadata, spec }) =>
    spec.targets.map(target => resolve(target, metadata.annotations[LOCATION])),
  );
  const shown = new Set(
    templates.map(({ metadata }) => metadata.annotations[LOCATION]),
  );
  const missing = listed.filter(location => !shown.has(location));
  return {
    known: [
      generatedRef(`url:${url}`),
      ...entities.map(
        ({ kind, metadata }) => `${kind}:default/${metadata.name}`,
      ),
    ],
    missing: [
      ...(lists.length > 0 ? [] : [generatedRef(`url:${url}`)]),
      // The file that could not be read, or the template that was not looked
      // at yet: it has the name of its folder.
      ...missing.flatMap(location => [
        generatedRef(location),
        `template:default/${basename(dirname(location))}`,
      ]),
    ],
  };
}

/** As the catalog resolves what a Location lists. */
function resolve(target: string, location: string): string {
  const base = location.replace(/^url:/, '').replace('/blob/', '/tree/');
  return `url:${new URL(target, base)}`;
}

/** The name that the catalog gives to a place it was told to read. */
function generatedRef(location: string): string {
  const hash = createHash('sha1').update(location).digest('hex');
  return `location:default/generated-${hash}`;
}
