import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { explainMissingDocs } from './missing';

describe('explainMissingDocs', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'waymark-docs-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('makes a site whose every page says how to get docs', () => {
    mkdirSync(join(folder, 'docs/adr'), { recursive: true });
    for (const file of ['index', 'runbook', "adr/0001 it's $HOME"]) {
      writeFileSync(join(folder, `docs/${file}.md`), '# Text');
    }
    explainMissingDocs(join(folder, 'bin'), 'Install <Python> & more.\nAgain.');
    execFileSync(join(folder, 'bin/mkdocs'), ['build', '-d', 'out', '-v'], {
      cwd: folder,
    });
    for (const page of ['', 'runbook/', "adr/0001 it's $HOME/"]) {
      expect(
        readFileSync(join(folder, `out/${page}index.html`), 'utf8'),
      ).toContain('<p>Install &lt;Python&gt; &amp; more.</p><p>Again.</p>');
    }
    // Without one, TechDocs never shows the page.
    expect(existsSync(join(folder, 'out/runbook/main.00000000.min.css'))).toBe(
      true,
    );
    expect(existsSync(join(folder, 'out/index/index.html'))).toBe(false);
    expect(
      JSON.parse(
        readFileSync(join(folder, 'out/search/search_index.json'), 'utf8'),
      ),
    ).toEqual({ config: {}, docs: [] });
  });
});
