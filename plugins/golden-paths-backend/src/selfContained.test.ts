import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { dryRunTemplate } from '@waymark/backstage-plugin-golden-paths-node';
import { parse } from 'yaml';
import { isSelfContained } from './selfContained';

const templates = resolve(__dirname, '../../../templates');
const read = (file: string) => parse(readFileSync(file, 'utf8'));

/** As the catalog resolves them. */
const goldenPath = (name: string) => {
  const template = read(resolve(templates, name, 'template.yaml'));
  template.spec.steps = template.spec.steps.map((step: { $yaml?: string }) =>
    step.$yaml ? read(resolve(templates, name, step.$yaml)) : step,
  );
  return dryRunTemplate(template);
};

const names = readdirSync(templates).filter(name => !/^_|\.yaml$/.test(name));

it.each(names)('lets everybody see what %s makes', name => {
  expect(isSelfContained(goldenPath(name))).toBe(true);
});

it.each([
  ['an action that it does not know', { action: 'catalog:fetch' }],
  [
    'another address',
    { action: 'fetch:plain', input: { url: 'https://localhost/x' } },
  ],
  [
    'an address of an answer',
    {
      action: 'fetch:plain',
      input: { url: './${{ parameters.x }}' },
    },
  ],
  ['who asks', { action: 'debug:log', input: { message: '${{ user.ref }}' } }],
  ['a secret', { action: 'debug:log', if: '${{ secrets.token }}' }],
])('asks for more rights for %s', (_, step) => {
  expect(isSelfContained({ spec: { steps: [step] } })).toBe(false);
});
