import {
  parseScaffoldRecord,
  SCAFFOLD_RECORD_PATH,
  ScaffoldRecord,
} from '@waymark/backstage-plugin-golden-paths-common';
import { upgradeSummary, upgradeTitle } from './summary';
import { upgradeTree } from './upgrade';
import { lines, textsOf, treeOf } from './__testUtils__/trees';

const [from, to] = ['a'.repeat(40), 'b'.repeat(40)];
const recorded: ScaffoldRecord = {
  apiVersion: 'waymark.dev/v1',
  kind: 'Scaffold',
  template: {
    ref: 'template:default/node-api',
    version: '1.0.0',
    commit: from,
  },
  inputs: { name: 'quotes' },
  environment: {
    gitHost: 'localhost:7300',
    gitOwner: 'tidewater',
    gitUrl: 'http://localhost:7300',
    portalUrl: 'http://localhost:7007',
  },
};
const next: ScaffoldRecord = {
  ...recorded,
  template: { ...recorded.template, version: '2.0.0', commit: to },
  inputs: { name: 'quotes', replicas: 2 },
};
const text = lines('line');
const changelog = `# Changelog

## 2.1.0

- Later.

## [2.0.0] - 2026-11-01

- New.

## 1.1.0-rc.1

- Tried.

## 1.0.0

- First.

## unreleased

- Never.
`;
const options = { title: 'Node.js *API*', changelog };

describe('upgradeTree', () => {
  it('writes the record anew, whatever became of it', async () => {
    for (const own of ['', 'nothing: [', '<<<<<<< yours\n']) {
      const upgrade = await upgradeTree({
        recorded,
        next,
        base: treeOf({ [SCAFFOLD_RECORD_PATH]: 'old', a: text }),
        ours: treeOf({ [SCAFFOLD_RECORD_PATH]: own, a: text, b: 'own\n' }),
        theirs: treeOf({ [SCAFFOLD_RECORD_PATH]: 'new', a: text }),
      });
      const written = textsOf(upgrade.tree)[SCAFFOLD_RECORD_PATH];
      expect(parseScaffoldRecord(written)).toEqual(next);
      expect(upgrade).toMatchObject({
        changed: false,
        conflicts: [],
        changes: [{ path: SCAFFOLD_RECORD_PATH, kind: 'changed' }],
      });
    }
  });

  it('changes nothing the second time', async () => {
    const theirs = treeOf({ a: `new\n${text}`, added: 'x\n' });
    const first = await upgradeTree({
      recorded,
      next,
      base: treeOf({ a: text }),
      ours: treeOf({ a: `${text}own\n` }),
      theirs,
    });
    expect(first.changed).toBe(true);
    const second = await upgradeTree({
      recorded: next,
      next,
      base: theirs,
      ours: first.tree,
      theirs,
    });
    expect(second).toMatchObject({ changed: false, changes: [] });
    expect(textsOf(second.tree)).toEqual(textsOf(first.tree));
  });

  it('refuses a file where the record belongs', async () => {
    const tree = treeOf({ a: text });
    const ours = treeOf({ '.waymark': 'own\n' });
    await expect(
      upgradeTree({ recorded, next, base: tree, ours, theirs: tree }),
    ).rejects.toThrow('There is no room for .waymark/scaffold.yaml');
  });
});

describe('upgradeSummary', () => {
  it('tells what is new, what changes and what to decide', async () => {
    const upgrade = await upgradeTree({
      recorded,
      next,
      base: treeOf({ a: text, gone: 'x\n', logo: '\0', left: text }),
      ours: treeOf({ a: 'own\n', gone: 'x\n', logo: '\0own', left: text }),
      theirs: treeOf({
        a: 'new\n',
        logo: '\0new',
        left: `new\n${text}`,
        'b`c': 'y\n',
      }),
    });
    expect(upgradeTitle(upgrade, 'Node.js API')).toBe(
      'Upgrade Node.js API from 1.0.0 to 2.0.0',
    );
    const summary = upgradeSummary(upgrade, {
      ...options,
      newInputs: ['replicas'],
    });
    expect(summary)
      .toBe(`This repository was made from the golden path **Node.js &#42;API&#42;** 1.0.0. This brings it to 2.0.0: what the golden path has changed since is merged into what you have made of it.

## Decide

Both you and the golden path changed these. Nothing was guessed:

- \`a\`: both changed the same lines: choose between the markers
- \`logo\`: both changed it, and it is no text: yours stays

## What is new

### 2.0.0

- New.

### 1.1.0-rc.1

- Tried.

## New questions

- \`replicas\`: \`2\`

## Files

Changed (1):

- \`left\`

Added (1):

- \`\` b\`c \`\`

Removed (1):

- \`gone\`

## What to do next

- Search for \`<<<<<<<\`: above \`=======\` is yours, below is the golden path’s. Keep what is right and delete the markers.
- Read what else is listed under _Decide_, and change what should change.
- Let the pipeline run, and read the difference as you read any other.
- Leave \`.waymark/scaffold.yaml\` as it is: the next upgrade begins there.
`);
  });

  it('stays readable and harmless whatever files there are', async () => {
    const own = Object.fromEntries(
      Array.from({ length: 150 }, (_, i) => [`f${i}`, 'x\n']),
    );
    const evil = '<img src=x onerror=alert(1)>\n## @everyone `';
    const upgrade = await upgradeTree({
      recorded,
      next,
      base: treeOf(own),
      ours: new Map([...treeOf(own), ...treeOf({ [evil]: 'x\n' })]),
      theirs: treeOf({}),
    });
    const summary = upgradeSummary(
      {
        ...upgrade,
        conflicts: [{ path: evil, kind: 'kept', message: `${evil} is here` }],
      },
      { title: evil, changelog: '' },
    );
    expect(summary).toContain('- and 50 more');
    expect(summary).toContain('The golden path does not say.');
    expect(summary).toContain(
      '- `` <img src=x onerror=alert(1)>\ufffd## @everyone ` ``: ',
    );
    expect(summary.replace(/``.*?``/g, '')).not.toMatch(
      /<img|^## @|@everyone/m,
    );
  });
});
