import { ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { StartError } from '../fail';
import { Layout } from '../layout';
import { postgresFolder } from '../postgres/identity';
import { endProcess } from '../processes';
import { Progress } from '../progress';
import { ensureDocsBuilder } from '../techdocs/python';
import { ensureChromium } from './chromium';
import { runCommand } from './command';
import { Counts, countJest, countPlaywright, total } from './counts';
import { freePort } from './freePort';
import { runJest } from './jest';

/** A part of the test run that can be asked for by name. */
export type Stage = (layout: Layout) => Promise<Counts>;

const cli = (layout: Layout) =>
  join(layout.root, 'node_modules/@backstage/cli/bin/backstage-cli');

/** Types, lint and format. */
export const staticChecks: Stage = async layout => {
  const { root } = layout;
  const bin = (name: string) => join(root, 'node_modules', name);
  const checks: [string, string[]][] = [
    [
      'types',
      [bin('typescript/bin/tsc'), '--noEmit', '--incremental', 'false'],
    ],
    ['lint', [cli(layout), 'repo', 'lint', '--max-warnings', '0']],
    [
      'format',
      [bin('prettier/bin-prettier.js'), '--check', '--loglevel', 'warn', '.'],
    ],
  ];
  const counts: Counts[] = [];
  for (const [name, args] of checks) {
    process.stdout.write(`\n── ${name}\n`);
    const code = await runCommand(process.execPath, args, { cwd: root });
    process.stdout.write(`${code === 0 ? '✓' : '✗'} ${name}\n`);
    counts.push({
      passed: code === 0 ? 1 : 0,
      failed: code === 0 ? 0 : 1,
      skipped: 0,
      failures: code === 0 ? [] : [{ name, reason: 'What it said is above.' }],
    });
  }
  return total(counts);
};

/** Every Jest test, on a PostgreSQL made for this run. */
export const unitTests: Stage = async layout => {
  process.stdout.write('\n── unit and backend tests\n');
  // Broken golden paths are tested with it, too.
  await ensureDocsBuilder(layout, new Progress());
  const report = join(layout.state, 'jest.json');
  mkdirSync(layout.state, { recursive: true });
  rmSync(report, { force: true });
  await runJest(layout.root, [
    '--watch=false',
    '--json',
    '--outputFile',
    report,
  ]);
  return countJest(JSON.parse(readFileSync(report, 'utf8')));
};

/** The portal as `./waymark start` brings it up, clicked through in a browser. */
export const browserTests: Stage = async layout => {
  process.stdout.write('\n── browser tests\n');
  const { root } = layout;
  const chromium = await ensureChromium(root);
  const state = join(layout.state, 'portal');
  rmSync(state, { recursive: true, force: true });
  rmSync(postgresFolder(state), { recursive: true, force: true });
  mkdirSync(state, { recursive: true });
  const [portal, forge, postgres] = [
    await freePort(),
    await freePort(),
    await freePort(),
  ];
  const env = {
    ...process.env,
    WAYMARK_STATE: state,
    WAYMARK_PORT: String(portal),
    WAYMARK_FORGE_PORT: String(forge),
    WAYMARK_POSTGRES_PORT: String(postgres),
    // Its load would slow the tests, and move what they count.
    WAYMARK_SAMPLE_HISTORY: 'off',
  };
  const report = join(layout.state, 'playwright.json');
  rmSync(report, { force: true });
  const server = await startPortal(root, env);
  try {
    await runCommand(
      process.execPath,
      [
        join(root, 'node_modules/@playwright/test/cli.js'),
        'test',
        '--config',
        join(root, 'e2e/playwright.config.ts'),
      ],
      {
        cwd: root,
        env: {
          ...env,
          CHROMIUM_PATH: chromium,
          PLAYWRIGHT_JSON_OUTPUT_NAME: report,
        },
      },
    );
    return countPlaywright(JSON.parse(readFileSync(report, 'utf8')));
  } finally {
    await endProcess(server.pid!, 'SIGTERM', 60_000);
  }
};

function startPortal(
  root: string,
  env: NodeJS.ProcessEnv,
): Promise<ChildProcess> {
  return new Promise((resolve, reject) => {
    const server = spawn(join(root, 'waymark'), ['start'], {
      cwd: root,
      env,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    server.stdout.on('data', (chunk: Buffer) => {
      process.stdout.write(chunk);
      if (chunk.includes('Waymark is ready')) resolve(server);
    });
    server.once('exit', code =>
      reject(
        new StartError(
          `./waymark start ended with ${code} before it was ready.`,
          'What it printed is above.',
        ),
      ),
    );
  });
}
