import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { layoutOf } from '../layout';
import { Progress } from '../progress';
import { checkLocalConfig } from './configCheck';

const BASE = `
app: { title: Waymark, baseUrl: http://localhost }
backend: { baseUrl: http://localhost, listen: ':7007', database: { client: pg, connection: x } }
`;

describe('checkLocalConfig', () => {
  let root: string;
  const check = async (local?: string) => {
    writeFileSync(join(root, 'app-config.yaml'), BASE);
    if (local) writeFileSync(join(root, 'app-config.local.yaml'), local);
    await checkLocalConfig(
      layoutOf(root, undefined),
      { TITLE: 'Mine' },
      new Progress(),
    );
  };

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'waymark-config-'));
    jest.spyOn(process.stdout, 'write').mockReturnValue(true);
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  it.each([
    ['no file', undefined],
    ['values that fit', 'app: { title: Mine }'],
    ['values from the environment', 'app: { title: "${TITLE}" }'],
    ['keys that no schema knows', 'mine: { key: 1 }'],
  ])('accepts %s', async (_, local) => {
    await expect(check(local)).resolves.toBeUndefined();
  });

  it.each([
    ['app: { title: [] }', 'app.title must be string'],
    [
      'techdocs: { builder: later }',
      'techdocs.builder must be equal to one of the allowed values: local, external',
    ],
    [
      'app: { title: [] }\ntechdocs: { builder: 1 }',
      /techdocs\.builder must .*\n*app\.title must|app\.title must .*\n.*techdocs\.builder must/,
    ],
  ])('names the key of %s', async (local, advice) => {
    await expect(check(local)).rejects.toMatchObject({
      message: 'app-config.local.yaml has a bad value.',
      advice: expect.stringMatching(advice),
    });
    expect(existsSync(join(root, '.waymark/cache/config-checked'))).toBe(false);
  });
});
