import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { parse } from 'yaml';
import { PortalClient } from '../support/faults/client';
import { Clone } from '../support/faults/forge';
import { checkout } from '../support/faults/place';
import { startTask, untilCompleted } from '../support/faults/tasks';

const templates = join(checkout, 'templates');
const read = (...path: string[]) =>
  parse(readFileSync(join(templates, ...path), 'utf8'));

/** Every path but the one that create.spec clicks through. */
const paths = readdirSync(templates).filter(
  name =>
    name !== 'node-api' && existsSync(join(templates, name, 'template.yaml')),
);

for (const path of paths) {
  test(`${path} makes a repository that knows where it came from`, async () => {
    test.setTimeout(180_000);
    const { metadata } = read(path, 'template.yaml');
    const [{ inputs }] = read(path, 'tests', 'matrix.yaml').accept;
    const name = `p-${path.slice(0, 12)}-${Date.now().toString(36)}`.replace(
      /-+/g,
      '-',
    );
    const maya = await PortalClient.as('maya.okafor');

    const id = await startTask(
      maya,
      { ...inputs, name },
      { templateRef: `template:default/${path}` },
    );
    await untilCompleted(maya, id);

    const entity = await maya.get(
      `/api/catalog/entities/by-name/component/default/${name}`,
    );
    expect(entity.status).toBe(200);
    expect(entity.json().metadata.annotations).toMatchObject({
      'waymark.dev/template': `template:default/${path}`,
      'backstage.io/template-version':
        metadata.annotations['backstage.io/template-version'],
    });
    const [made, platform] = [await Clone.of(name), await Clone.of('platform')];
    try {
      const scaffold = parse(
        readFileSync(join(made.folder, '.waymark/scaffold.yaml'), 'utf8'),
      );
      expect(scaffold.template).toEqual({
        ref: `template:default/${path}`,
        version: metadata.annotations['backstage.io/template-version'],
        commit: (await platform.commits())[0].sha,
      });
      expect(scaffold.inputs).toEqual({ ...inputs, name });
      const pipeline = join(made.folder, '.github/workflows/ci.yml');
      expect(readFileSync(pipeline, 'utf8')).toContain('\n  pipeline:\n');
    } finally {
      made.remove();
      platform.remove();
    }
  });
}
