import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { z } from 'zod';

const secretsSchema = z.object({
  postgresPassword: z.string(),
  forgeToken: z.string(),
  webhookSecret: z.string(),
});

/** A running portal: where its parts listen and where it keeps its things. */
export interface Place {
  portalUrl: string;
  forgeUrl: string;
  /** `localhost:<port>`, as repository addresses name it. */
  forgeHost: string;
  postgresPort: number;
  state: string;
}

/** The checkout under test. */
export const checkout = resolve(__dirname, '../../..');

/** The portal that the whole run shares. */
export const shared: Place = placeOf({
  portal: process.env.WAYMARK_PORT ?? '7007',
  forge: process.env.WAYMARK_FORGE_PORT ?? '7300',
  postgres: process.env.WAYMARK_POSTGRES_PORT ?? '7432',
  state: process.env.WAYMARK_STATE ?? join(checkout, '.waymark'),
});

/** Derives the addresses of a portal from its ports. */
export function placeOf(options: {
  portal: string | number;
  forge: string | number;
  postgres: string | number;
  state: string;
}): Place {
  return {
    portalUrl: `http://localhost:${options.portal}`,
    forgeUrl: `http://localhost:${options.forge}`,
    forgeHost: `localhost:${options.forge}`,
    postgresPort: Number(options.postgres),
    state: options.state,
  };
}

/** The secrets of a portal, as its supervisor made them. */
export function secretsOf(place: Place) {
  return secretsSchema.parse(
    JSON.parse(readFileSync(join(place.state, 'secrets.json'), 'utf8')),
  );
}
