import { readFileSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { extname, join } from 'node:path';
import { expect, test } from '@playwright/test';
import ts from 'typescript';
import { parseAllDocuments } from 'yaml';
import { PortalClient } from '../../support/faults/client';
import { api, Clone, OWNER } from '../../support/faults/forge';
import { shared } from '../../support/faults/place';
import { eventsOf, startTask, untilEnded } from '../../support/faults/tasks';

const good = {
  name: 'never-made',
  description: 'A service',
  owner: 'group:default/checkout',
};

/** Text that means something to whoever reads the files it gets into. */
const DESCRIPTIONS = [
  `"quotes" 'single' \`back\` \\ \\n \\u0041 end`,
  '日本語 ñ ß 🚚 ‮ is refused, this is not: é̂',
  '${{ parameters.name }} {{ .Values.x }} {% raw %} {# x #} ${HOME} $(id) `id`',
  ': - key: [a, {b: c}] # comment & *alias !tag | > %YAML @x',
  '</script><script>alert(1)</script> <img src=x onerror=alert(1)> --> ]]>',
  "'; DROP TABLE tasks; -- ${{ secrets.GITHUB_TOKEN }} */ // /*",
].map(text => text.replace(/\u202e/g, ''));

test.describe('what is typed into a golden path', () => {
  let maya: PortalClient;

  test.beforeAll(async () => {
    maya = await PortalClient.as('maya.okafor');
  });

  test('is text in every file, and nothing else', async () => {
    test.setTimeout(300_000);
    const made = await Promise.all(
      DESCRIPTIONS.map(async (description, index) => {
        const name = `text-${index}-${Date.now().toString(36)}`;
        const task = await startTask(maya, { ...good, name, description });
        return { name, description, task };
      }),
    );
    for (const { name, description, task } of made) {
      const ended = await untilEnded(maya, task, 120_000);
      const told = JSON.stringify((await eventsOf(maya, task)).slice(-3));
      expect(ended.status, told).toBe('completed');
      await expectText(name, description);
    }
  });

  test('is refused with a reason where it cannot be what it should', async () => {
    for (const [field, value] of [
      ['name', ''],
      ['name', 'ab'],
      ['name', 'Upper'],
      ['name', '-dash'],
      ['name', 'dash-'],
      ['name', 'a--b'],
      ['name', '../../etc'],
      ['name', 'a/b'],
      ['name', 'a b'],
      ['name', "a'b"],
      ['name', 'a\nb'],
      ['name', 'ünïcode'],
      ['name', '${{ secrets }}'],
      ['name', 'x'.repeat(41)],
      ['name', 7],
      ['name', null],
      ['name', ['array']],
      ['name', { object: 1 }],
      ['description', ''],
      ['description', '   '],
      ['description', 'two\nlines'],
      ['description', 'carriage\rreturn'],
      ['description', 'null\u0000byte'],
      ['description', 'line\u2028separator'],
      ['description', 'turns \u202e around'],
      ['description', 'x'.repeat(161)],
      ['owner', 'checkout'],
      ['owner', 'group:default/../x'],
      ['owner', 'group:default/a"\nb: c'],
      ['owner', 'user:default/maya.okafor'],
      ['system', 'component:default/x'],
      ['system', 'system:default/x\n- y'],
    ] as const) {
      const answer = await maya.post('/api/scaffolder/v2/tasks', {
        templateRef: 'template:default/node-api',
        values: { ...good, [field]: value },
      });
      const what = `${field} ${JSON.stringify(value)}: ${answer.text}`;
      expect(answer.status, what).toBe(400);
      expect(answer.text, what).toContain(field);
    }
    for (const field of ['name', 'description', 'owner'] as const) {
      const values: Partial<typeof good> = { ...good };
      delete values[field];
      const answer = await maya.post('/api/scaffolder/v2/tasks', {
        templateRef: 'template:default/node-api',
        values,
      });
      expect(answer.status).toBe(400);
      expect(answer.text).toContain(field);
    }
    const { status } = await fetch(`${shared.forgeUrl}/${OWNER}/${good.name}`);
    expect(status).toBe(404);
  });
});

/** Reads a new repository as its tools will, and looks for the text. */
async function expectText(name: string, description: string) {
  const clone = await Clone.of(name);
  const read = (path: string) => readFileSync(join(clone.folder, path), 'utf8');
  try {
    const files = execFileSync('git', ['-C', clone.folder, 'ls-files', '-z'], {
      encoding: 'utf8',
    })
      .split('\0')
      .filter(Boolean);
    for (const path of files) {
      const problems = problemsOf(path, read(path));
      expect(problems, `${name} ${path}`).toEqual([]);
    }
    const yaml = (path: string) => parseAllDocuments(read(path))[0].toJS();
    expect(JSON.parse(read('package.json')).description).toBe(description);
    expect(yaml('catalog-info.yaml').metadata.description).toBe(description);
    expect(yaml('api/openapi.yaml').info.description).toContain(description);
    expect(yaml('chart/Chart.yaml').description).toBe(description);
    expect(yaml('.waymark/scaffold.yaml')).toMatchObject(
      expect.objectContaining({}),
    );
    expect(JSON.stringify(yaml('.waymark/scaffold.yaml'))).toContain(
      JSON.stringify(description).slice(1, -1),
    );
    const repository = await api(shared, 'GET', `/repos/${OWNER}/${name}`);
    expect(repository.description).toBe(description);
    expect(repository.private).toBe(true);
  } finally {
    clone.remove();
  }
}

/** What a parser of this kind of file has against it. */
function problemsOf(path: string, text: string): string[] {
  // Helm renders these; they are YAML only after that.
  if (path.startsWith('chart/templates/')) return [];
  switch (extname(path)) {
    case '.json':
      JSON.parse(text);
      return [];
    case '.yaml':
    case '.yml':
      return parseAllDocuments(text).flatMap(document =>
        document.errors.map(({ message }) => message),
      );
    case '.ts':
      return (
        ts
          .transpileModule(text, { reportDiagnostics: true, fileName: path })
          .diagnostics?.map(({ messageText }) => String(messageText)) ?? []
      );
    default:
      return [];
  }
}
