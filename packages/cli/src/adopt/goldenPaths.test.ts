import { join, resolve } from 'node:path';
import {
  ADOPTION_FLOOR,
  ScaffoldEnvironment,
  SCAFFOLD_RECORD_PATH,
} from '@waymark/backstage-plugin-golden-paths-common';
import {
  Candidate,
  componentOfTree,
  inferOrigin,
  Path,
  Tree,
  TreeEntry,
} from '@waymark/backstage-plugin-golden-paths-node';
import { Engine, withEngine } from '../templates/engine';
import { listGoldenPaths, readGoldenPath } from '../templates/goldenPath';
import { readVersion, renderVersion } from '../upgrade/renderVersion';

jest.setTimeout(600_000);

const templates = resolve(__dirname, '../../../../templates');
const commit = 'c0ffee'.repeat(7).slice(0, 40);
const environment: ScaffoldEnvironment = {
  gitHost: 'git.tidewater.example',
  gitOwner: 'tidewater',
  gitUrl: 'https://git.tidewater.example',
  portalUrl: 'https://portal.tidewater.example',
};
/** Another portal looks than the one that made them. */
const here = { ...environment, portalUrl: 'http://localhost:7007' };
/** Made by nobody but its owners. */
const BESPOKE = {
  'catalog-info.yaml': `apiVersion: backstage.io/v1alpha1
kind: Component
metadata: { name: basket, description: Keeps what is to be bought. }
spec: { type: service, lifecycle: production, owner: checkout }
`,
  'package.json':
    '{\n  "name": "basket",\n  "scripts": { "start": "node server.js" },\n  "dependencies": { "express": "^4" }\n}\n',
  'server.js':
    "const express = require('express');\nexpress().get('/health', (_, res) => res.send('ok')).listen(3000);\n",
  Dockerfile: 'FROM node:24\nCOPY . .\nCMD ["node", "server.js"]\n',
  'README.md': '# basket\n\nKeeps what is to be bought.\n',
  '.gitignore': 'node_modules\n',
};

const names = listGoldenPaths(templates);
const refOf = (name: string) => `template:default/${name}`;

function pathsOf(engine: Engine): Path[] {
  return names.map(name => {
    const folder = join(templates, name);
    const { template } = readVersion(folder, '1.0.0');
    const version =
      template.metadata.annotations['backstage.io/template-version'];
    return {
      ref: refOf(name),
      title: template.metadata.title ?? name,
      newest: {
        version,
        commit: 'd'.repeat(40),
        template,
        render: (inputs, where) =>
          renderVersion(engine, readVersion(folder, version), {
            template: { commit: 'd'.repeat(40) },
            inputs,
            environment: where,
          }).catch(() => undefined),
      },
      older: async () => [],
      at: async () => undefined,
    };
  });
}

/** What owners do: they write own files, change some and remove some. */
function edited(made: Tree): Tree {
  const tree = new Map(made);
  tree.delete(SCAFFOLD_RECORD_PATH);
  const entries = [...tree].filter(
    ([path]) => !/catalog-info|chart/.test(path),
  );
  entries.forEach(([path, entry], index) => {
    if (entry.mode === '160000') return;
    const text = entry.content.toString('utf8');
    if (index % 9 === 4) tree.delete(path);
    else if (index % 5 === 2) {
      const lines = text.split('\n');
      const kept = lines.filter((_, line) => line % 6 !== 3);
      set(tree, path, ['// Own work.', ...kept].join('\n'));
    }
  });
  set(tree, 'src/own/work.ts', 'export const own = true;\n');
  return tree;
}

function set(tree: Map<string, TreeEntry>, path: string, text: string) {
  tree.set(path, { mode: '100644', content: Buffer.from(text) });
}

const told = (candidate: Candidate) =>
  Object.fromEntries(
    candidate.answers.flatMap(({ field, value }) =>
      value === undefined ? [] : [[field.name, value]],
    ),
  );

describe('golden paths are recognised', () => {
  it.each(names)('%s, edited and without its record', async name => {
    await withEngine(async engine => {
      const { matrix, folder } = readGoldenPath(templates, name);
      const paths = pathsOf(engine);
      const own = paths.filter(({ ref }) => ref === refOf(name));
      // Looking at all of them takes its time: once is enough.
      for (const [row, among] of [paths, own].entries()) {
        const { inputs } = matrix.accept[row];
        const made = await renderVersion(engine, readVersion(folder, '1.0.0'), {
          template: { commit },
          inputs: inputs as Record<string, string>,
          environment,
        });
        const tree = edited(made);
        const candidates = await inferOrigin({
          tree,
          component: componentOfTree(tree),
          says: 'catalog-info.yaml',
          environment: here,
          paths: among,
        });
        const [first, ...others] = candidates;
        expect(first.path.ref).toBe(refOf(name));
        expect(first.confidence).toBeGreaterThan(0.7);
        expect(others).toHaveLength(among.length - 1);
        for (const { confidence } of others) {
          expect(confidence).toBeLessThan(0.3);
        }
        expect(told(first)).toEqual(inputs);
        expect(first.environment).toEqual(environment);
      }
    });
  });

  it('and a repository that is on none is left alone', async () => {
    await withEngine(async engine => {
      const tree = new Map<string, TreeEntry>();
      for (const [path, text] of Object.entries(BESPOKE)) set(tree, path, text);
      const candidates = await inferOrigin({
        tree,
        component: componentOfTree(tree),
        says: 'catalog-info.yaml',
        environment: here,
        paths: pathsOf(engine),
      });
      expect(candidates).toHaveLength(names.length);
      expect(candidates[0].confidence).toBeLessThan(ADOPTION_FLOOR / 2);
    });
  });
});
