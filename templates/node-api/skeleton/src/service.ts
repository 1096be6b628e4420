import { readFileSync } from 'node:fs';
import { z } from 'zod';

const manifest = z.object({
  name: z.string(),
  version: z.string(),
  description: z.string(),
});

/** Name, version and description of this service, from package.json. */
export const service = manifest.parse(
  JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')),
);
