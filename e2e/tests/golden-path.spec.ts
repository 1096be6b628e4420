import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { expect, test } from '@playwright/test';
import { parse } from 'yaml';
import {
  checkInert,
  checkRepository,
  checkTemplate,
  Files,
  Inputs,
  PLACEHOLDER,
} from '../../templates/node-api/tests/checks';
import { PortalClient } from '../support/faults/client';

const folder = join(__dirname, '../../templates/node-api');
const text = readFileSync(join(folder, 'template.yaml'), 'utf8');
const matrix: {
  accept: { title: string; inputs: Inputs }[];
  refuse: { title: string; field: string; inputs: Inputs }[];
} = parse(readFileSync(join(folder, 'tests/matrix.yaml'), 'utf8'));

const skeleton = readdirSync(join(folder, 'skeleton'), { recursive: true })
  .map(path => join(folder, 'skeleton', String(path)))
  .filter(path => statSync(path).isFile())
  .map(path => ({
    path: relative(folder, path),
    base64Content: readFileSync(path).toString('base64'),
    executable: Boolean(statSync(path).mode & 0o100),
  }));

let platform: PortalClient;

/** Lets the portal's own engine render, as the platform team may. */
const dryRun = (values: Inputs) =>
  platform.post('/api/scaffolder/v2/dry-run', {
    template: parse(text),
    values,
    directoryContents: skeleton,
  });

const render = async (values: Inputs): Promise<Files> => {
  const answer = await dryRun(values);
  expect(answer.status, answer.text).toBe(200);
  const { directoryContents } = answer.json<{
    directoryContents: { path: string; base64Content: string }[];
  }>();
  return new Map(
    directoryContents.map(({ path, base64Content }) => [
      path,
      Buffer.from(base64Content, 'base64').toString('utf8'),
    ]),
  );
};

test.beforeAll(async () => {
  platform = await PortalClient.as('jonas.lind');
});

test('the template agrees with itself and names no Git host', () => {
  expect(checkTemplate(text)).toEqual([]);
});

for (const { title, inputs } of matrix.accept) {
  test(`renders: ${title}`, async () => {
    const files = await render(inputs);
    const plain = await render({
      ...inputs,
      description: PLACEHOLDER,
    });

    expect(checkRepository(files, inputs)).toEqual([]);
    expect(checkInert(files, inputs, plain)).toEqual([]);
  });
}

for (const { title, field, inputs } of matrix.refuse) {
  test(`refuses: ${title} (${field})`, async () => {
    const answer = await dryRun(inputs);

    expect(answer.status).toBe(400);
    expect(answer.text).toContain(field);
  });
}
