import { randomBytes } from 'node:crypto';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { PortalClient } from '../../support/faults/client';
import { Clone, FileContent } from '../../support/faults/forge';
import { APPEARS } from '../../support/faults/patience';
import { enterAs } from '../../support/portal';

const CANARY = 'canary-5c1e: nobody outside this folder reads me';

test.describe('documentation of a repository', () => {
  test.describe.configure({ timeout: 2 * APPEARS });
  let maya: PortalClient;
  let outside: string;
  const clones: Clone[] = [];

  test.beforeAll(async () => {
    maya = await PortalClient.as('maya.okafor');
  });
  test.beforeEach(() => {
    outside = mkdtempSync(join(tmpdir(), 'waymark-outside-'));
  });
  test.afterEach(() => rmSync(outside, { recursive: true, force: true }));
  test.afterAll(() => clones.forEach(clone => clone.remove()));

  /** Publishes docs; what building them said, and the page they made. */
  async function publish(files: Record<string, FileContent>) {
    const name = `docs-${randomBytes(5).toString('hex')}`;
    const clone = await Clone.create(name);
    clones.push(clone);
    await clone.push({
      'catalog-info.yaml': `
apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: ${name}
  annotations: { backstage.io/techdocs-ref: 'dir:.' }
spec: { type: service, lifecycle: production, owner: checkout }
`,
      'docs/index.md': '# Honest heading\n\nHonest text.\n',
      ...files,
    });
    const entity = `default/component/${name}`;
    await expect
      .poll(
        async () =>
          (
            await maya.get(`/api/techdocs/metadata/entity/${entity}`)
          ).status,
        { timeout: APPEARS },
      )
      .toBe(200);
    const build = await maya.get(`/api/techdocs/sync/${entity}`);
    const page = await maya.get(
      `/api/techdocs/static/docs/${entity}/index.html`,
    );
    return { name, build: build.text, page };
  }

  const touch = (path: string) => ['touch', path];
  const python = (path: string) => `open(${JSON.stringify(path)}, 'w')`;

  /** Ways to have the builder run something, or read what is not theirs. */
  const ways = (out: string): [string, Record<string, FileContent>][] => {
    const made = join(out, 'made');
    const code = `import os\n${python(made)}\ndef on_config(config): ${python(
      made,
    )}\n`;
    return [
      [
        'hooks',
        { 'mkdocs.yml': 'site_name: x\nhooks: [hook.py]\n', 'hook.py': code },
      ],
      [
        'a theme of its own',
        {
          'mkdocs.yml':
            'site_name: x\ntheme: { name: material, custom_dir: theme }\n',
          'theme/main.html': `{{ config.__class__.__init__.__globals__['os'].system('touch ${made}') }}{% include '${out}/canary' %}`,
        },
      ],
      [
        'a theme that is a path',
        {
          'mkdocs.yml':
            'site_name: x\ntheme: { name: null, custom_dir: theme }\n',
          'theme/main.html': `{{ config.__class__.__init__.__globals__['os'].system('touch ${made}') }}`,
        },
      ],
      [
        'a python tag',
        {
          'mkdocs.yml': `site_name: !!python/object/apply:os.system ['touch ${made}']\n`,
        },
      ],
      [
        'a python tag in an extension',
        {
          'mkdocs.yml': `site_name: x\nmarkdown_extensions:\n  - toc:\n      slugify: !!python/object/apply:os.system ['touch ${made}']\n`,
        },
      ],
      [
        'an extension that is a program',
        {
          'mkdocs.yml': `site_name: x\nmarkdown_extensions:\n  - subprocess:Popen: { args: ${JSON.stringify(
            touch(made),
          )} }\n`,
        },
      ],
      [
        'an extension that is a program, as a mapping',
        {
          'mkdocs.yml': `site_name: x\nmarkdown_extensions:\n  subprocess:Popen: { args: ${JSON.stringify(
            touch(made),
          )} }\n`,
        },
      ],
      [
        'an extension of the repository',
        {
          'mkdocs.yml': 'site_name: x\nmarkdown_extensions: [evil]\n',
          'evil.py': code,
          'evil/__init__.py': code,
        },
      ],
      [
        'a plugin that runs things',
        {
          'mkdocs.yml':
            'site_name: x\nplugins: [techdocs-core, { macros: { module_name: macros } }, { gen-files: { scripts: [gen.py] } }, exec]\n',
          'macros.py': code,
          'gen.py': code,
        },
      ],
      [
        'snippets from outside',
        {
          'mkdocs.yml': `site_name: x\nmarkdown_extensions:\n  - pymdownx.snippets: { base_path: ['/', '${out}'], restrict_base_path: false }\n`,
          'docs/index.md': `# Honest heading\n\n--8<-- "${out}/canary"\n\n--8<-- "canary"\n\n--8<-- "${out.slice(
            1,
          )}/canary"\n`,
        },
      ],
      [
        'snippets from outside, as a mapping',
        {
          'mkdocs.yml': `site_name: x\nmarkdown_extensions:\n  pymdownx.snippets: { base_path: ['/', '${out}'], restrict_base_path: false }\n`,
          'docs/index.md': `# Honest heading\n\n--8<-- "${out}/canary"\n\n--8<-- "canary"\n\n--8<-- "${out.slice(
            1,
          )}/canary"\n`,
        },
      ],
      [
        'a folder outside',
        { 'mkdocs.yml': `site_name: x\ndocs_dir: ${out}\n` },
      ],
      [
        'a link to a file outside',
        {
          'mkdocs.yml': 'site_name: x\n',
          'docs/stolen.md': { link: join(out, 'canary') },
        },
      ],
      [
        'a parent configuration',
        { 'mkdocs.yml': `INHERIT: ${out}/mkdocs.yml\nsite_name: x\n` },
      ],
      [
        'an environment variable',
        {
          'mkdocs.yml': 'site_name: !ENV [WAYMARK_FORGE_TOKEN, x]\n',
        },
      ],
    ];
  };

  test('runs nothing and reads nothing that is not its own', async () => {
    const built: string[] = [];
    const results = await Promise.all(
      ways('').map(async (_, index) => {
        // A folder outside for each, so that it is known who was there.
        const out = join(outside, String(index));
        mkdirSync(out);
        writeFileSync(join(out, 'canary'), CANARY);
        const [name, files] = ways(out)[index];
        const { build, page } = await publish(files);
        return { name, out, build, page };
      }),
    );
    for (const { name, out, build, page } of results) {
      expect(readdirSync(out), `${name}: ${build}`).toEqual(['canary']);
      expect(page.text, name).not.toContain('canary-5c1e');
      for (const text of [page.text, build]) {
        expect(text, name).not.toMatch(/wm_[0-9a-f]{48}/);
      }
      if (page.text.includes('Honest heading')) built.push(name);
    }
    // What can be taken out is, and the rest is built.
    expect(built).toEqual(
      expect.arrayContaining([
        'hooks',
        'a theme of its own',
        'an extension that is a program',
        'a plugin that runs things',
        'snippets from outside',
      ]),
    );
  });

  test('executes nothing in the browser of who reads it', async ({ page }) => {
    const run = (how: string) =>
      `window.__ran=(window.__ran||[]).concat('${how}')`;
    const { name } = await publish({
      'mkdocs.yml': `site_name: '<script>${run('site name').replace(
        /'/g,
        "''",
      )}</script>'\nextra_css: ['javascript:${'alert(1)'}']\n`,
      'docs/index.md': `# Honest heading

<script>${run('script')}</script>
<script src="/evil.js"></script>
<img src="x" onerror="${run('onerror')}">
<svg onload="${run('svg')}"><script>${run('svg script')}</script></svg>
<iframe srcdoc="<script>parent.${run('iframe')}</script>"></iframe>
<iframe src="javascript:parent.${run('iframe src')}"></iframe>
<object data="javascript:${run('object')}"></object>
<form action="javascript:${run('form')}"><button id="send">send</button></form>
<math><mtext><table><mglyph><style><img src=x onerror="${run(
        'mutation',
      )}"></style></mglyph></table></mtext></math>
<details open ontoggle="${run('toggle')}">x</details>
<a id="raw" href="javascript:${run('raw link')}">raw link</a>
<meta http-equiv="refresh" content="0;url=javascript:${run('meta')}">
<base href="https://evil.example/">

[a link](javascript:${encodeURIComponent(run('link'))})
[another](JaVaScRiPt:${encodeURIComponent(run('mixed'))})
[data](data:text/html,${encodeURIComponent(
        `<script>opener.${run('data')}</script>`,
      )})

The end of the page.
`,
    });

    const foreign: string[] = [];
    page.on('request', request => {
      if (request.url().includes('evil')) foreign.push(request.url());
    });
    await enterAs(page, 'Maya Okafor', `/docs/default/component/${name}`);
    await expect(
      page.getByRole('heading', { name: 'Honest heading' }),
    ).toBeVisible();
    await expect(page.getByText('The end of the page.')).toBeVisible();
    for (const text of ['raw link', 'a link', 'another', 'data', 'send']) {
      for (const element of await page.getByText(text, { exact: true }).all()) {
        // A link that lost its address can be clicked without effect.
        await element.click({ force: true, noWaitAfter: true, timeout: 5_000 });
        await expect(page).toHaveURL(/^http:\/\/localhost:/);
        if (!page.url().includes(`/docs/default/component/${name}`)) {
          await page.goBack();
        }
      }
    }
    expect(
      await page.evaluate(() => Reflect.get(window, '__ran')),
    ).toBeUndefined();
    expect(foreign).toEqual([]);
  });
});
