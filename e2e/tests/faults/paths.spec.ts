import {
  existsSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PortalClient } from '../../support/faults/client';
import { Clone, OWNER } from '../../support/faults/forge';
import { expect, test } from '../../support/faults/own';
import { tarGz } from '../../support/faults/tar';
import { climb, dryRun, waysTo } from '../../support/faults/waysOut';

const CANARY = 'canary-7f3a: nobody outside this folder reads me';

test.describe('paths that lead out of a task’s folder', () => {
  let outside: string;
  let jonas: PortalClient;

  test.beforeAll(async () => {
    jonas = await PortalClient.as('jonas.lind');
  });
  test.beforeEach(() => {
    outside = mkdtempSync(join(tmpdir(), 'waymark-outside-'));
    writeFileSync(join(outside, 'canary'), CANARY);
  });
  test.afterEach(() => rmSync(outside, { recursive: true, force: true }));

  /** Nothing was added to the folder outside, and nothing taken away. */
  const expectUntouched = () =>
    expect(readdirSync(outside)).toEqual(['canary']);

  test('are refused by every action that takes a path', async () => {
    for (const [name, steps, files = {}] of waysTo(outside)) {
      const answer = await dryRun(jonas, steps, files);
      expect(answer.status, `${name}: ${answer.text}`).not.toBe(200);
      expect(answer.text, name).not.toContain('canary-7f3a');
      expectUntouched();
    }
  });

  test('lead nowhere when they are links in a repository', async () => {
    const clone = await Clone.create(`links-${Date.now().toString(36)}`);
    try {
      await clone.push({
        'src/file': 'text',
        'src/absolute': { link: join(outside, 'canary') },
        'src/folder': { link: outside },
        'src/one': { link: 'two' },
        'src/two': { link: 'three' },
        'src/three': { link: outside },
        'src/up': { link: climb(outside) },
      });
      const url = clone.blob('src').replace('/blob/', '/tree/');
      const links = ['absolute', 'folder', 'one', 'two', 'three', 'up'];
      for (const fetch of [
        { action: 'fetch:plain', input: { url } },
        { action: 'fetch:template', input: { url, values: {} } },
      ]) {
        for (const next of [
          { action: 'debug:log', input: { listWorkspace: 'with-contents' } },
          { action: 'fs:readdir', input: { paths: ['.'], recursive: true } },
          ...links.flatMap(link => [
            { action: 'fs:delete', input: { files: [`${link}/*`] } },
            { action: 'fs:readdir', input: { paths: [link], recursive: true } },
            {
              action: 'fs:rename',
              input: { files: [{ from: 'file', to: `${link}/x` }] },
            },
            {
              action: 'fs:rename',
              input: { files: [{ from: `${link}/canary`, to: 'x' }] },
            },
            { action: 'fetch:plain', input: { url, targetPath: link } },
            {
              action: 'fetch:template',
              input: { url, targetPath: link, values: {} },
            },
          ]),
        ]) {
          const answer = await dryRun(jonas, [fetch, next], {});
          expect(answer.text, JSON.stringify(next)).not.toContain(
            'canary-7f3a',
          );
          expect(
            Buffer.from(answer.text).includes(
              Buffer.from(CANARY).toString('base64'),
            ),
          ).toBe(false);
          expectUntouched();
        }
      }
      const one = await dryRun(
        jonas,
        [
          {
            action: 'fetch:plain:file',
            input: { url: clone.blob('src/absolute'), targetPath: 'x' },
          },
        ],
        {},
      );
      expect(one.text).not.toContain(Buffer.from(CANARY).toString('base64'));
    } finally {
      clone.remove();
    }
  });

  test('lead nowhere when an archive holds them', async ({ own }) => {
    test.setTimeout(300_000);
    const platform = await PortalClient.as('jonas.lind', own.place);
    const clone = await Clone.create('slips', own.place);
    try {
      await clone.push({ 'src/file': 'text' });
      const slip = join(outside, 'slipped');
      const top = 'tidewater-slips-0000000';
      const undo = own.proxy.answer({
        call: new RegExp(`/repos/${OWNER}/slips/tarball/`),
        status: 200,
        headers: { 'content-type': 'application/gzip' },
        body: tarGz([
          { path: `${top}/src/file`, content: 'text' },
          { path: `${top}/src/${climb(slip)}`, content: 'out' },
          { path: slip, content: 'out' },
          { path: `${top}/src/folder`, link: outside },
          { path: `${top}/src/folder/slipped`, content: 'out' },
          {
            path: `${top}/src/hard`,
            link: join(outside, 'canary'),
            hard: true,
          },
        ]),
      });
      const url = clone.blob('src').replace('/blob/', '/tree/');
      for (const action of ['fetch:plain', 'fetch:template']) {
        const answer = await dryRun(
          platform,
          [
            {
              action,
              input: action === 'fetch:plain' ? { url } : { url, values: {} },
            },
          ],
          {},
        );
        // The archive was really read.
        expect(own.proxy.calls.join()).toContain(`${OWNER}/slips/tarball/`);
        expect(answer.text).not.toContain(
          Buffer.from(CANARY).toString('base64'),
        );
        expectUntouched();
        expect(existsSync(slip)).toBe(false);
      }
      undo();
    } finally {
      clone.remove();
    }
  });
});
