import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readLocalConfig } from './localConfig';

describe('readLocalConfig', () => {
  let root: string;
  const write = (text: string) =>
    writeFileSync(join(root, 'app-config.local.yaml'), text);

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'waymark-config-'));
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  it.each([
    ['nothing', undefined, false],
    ['an empty file', '', false],
    ['other keys', 'app: { title: Mine }\n', false],
    [
      'a connection',
      'backend: { database: { connection: postgres://db } }',
      true,
    ],
  ])('with %s', (_, text, hasDatabase) => {
    if (text !== undefined) write(text);
    expect(readLocalConfig(root)).toEqual({ hasDatabase });
  });

  it('says where the file is not YAML', () => {
    write('backend:\n  - a\n b: [');
    expect(() => readLocalConfig(root)).toThrow(
      expect.objectContaining({
        message: 'app-config.local.yaml is not valid YAML.',
        advice: expect.stringMatching(/line \d/),
      }),
    );
  });

  it('names the key of a bad value', () => {
    write('backend: { database: 7 }');
    expect(() => readLocalConfig(root)).toThrow(
      'app-config.local.yaml has a bad value at backend.database.',
    );
  });
});
