import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Layout } from '../layout';
import { Progress } from '../progress';
import { ensureDocsBuilder } from '../techdocs/python';
import { findChromium } from './chromium';
import { runCommand } from './command';
import { Counts, countJunit } from './counts';

/** What every golden path makes, built and tested with the real tools. */
export async function goldenPathTests(layout: Layout): Promise<Counts> {
  process.stdout.write('\n── golden paths\n');
  const { root } = layout;
  // The docs of each service are built, too.
  await ensureDocsBuilder(layout, new Progress());
  const report = join(layout.state, 'golden-paths.xml');
  mkdirSync(layout.state, { recursive: true });
  rmSync(report, { force: true });
  await runCommand(
    join(root, 'waymark'),
    ['templates', 'test', '--junit', report],
    { cwd: root, env: { CHROMIUM_PATH: findChromium(), ...process.env } },
  );
  return countJunit(readFileSync(report, 'utf8'));
}
