import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { describeApi } from '../src/openapi.ts';

it('api/openapi.yaml describes the routes as they are', async () => {
  const file = new URL('../api/openapi.yaml', import.meta.url);
  const committed = parse(await readFile(file, 'utf8'));
  const served = JSON.parse(JSON.stringify(await describeApi()));
  expect(committed, 'run: npm run openapi').toEqual(served);
});
