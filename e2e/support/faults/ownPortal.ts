import { ChildProcess, execFileSync, spawn } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { freePort } from './freePort';
import { HoldingProxy } from './holdingProxy';
import { checkout, Place, placeOf } from './place';
import { TEMPLATES } from './templates';

const KINDS = [
  'Location',
  'Template',
  'Group',
  'User',
  'Domain',
  'System',
  'Resource',
];

/** As long as the sample company has delivered there. */
export const HISTORY_DAYS = 30;

/**
 * A portal of a test's own, started with `./waymark start`, whose calls to the
 * forge go through a {@link HoldingProxy}. Its backend can be killed.
 */
export class OwnPortal {
  private output = '';

  private constructor(
    readonly place: Place,
    readonly proxy: HoldingProxy,
    private readonly supervisor: ChildProcess,
  ) {}

  static async start(): Promise<OwnPortal> {
    const folder = join(checkout, '.waymark/test');
    mkdirSync(folder, { recursive: true });
    const state = mkdtempSync(join(folder, 'faults-'));
    const [portal, forge, postgres] = [
      await freePort(),
      await freePort(),
      await freePort(),
    ];
    const proxy = await HoldingProxy.start();
    const templates = join(state, 'templates.yaml');
    writeFileSync(templates, TEMPLATES);
    writeFileSync(join(state, 'secret.txt'), '${{ values.secret }}');
    const supervisor = spawn(join(checkout, 'waymark'), ['start'], {
      env: {
        ...process.env,
        WAYMARK_STATE: state,
        WAYMARK_PORT: String(portal),
        WAYMARK_FORGE_PORT: String(forge),
        WAYMARK_POSTGRES_PORT: String(postgres),
        WAYMARK_SAMPLE_HISTORY: String(HISTORY_DAYS),
        NODE_USE_ENV_PROXY: '1',
        HTTP_PROXY: proxy.url,
        http_proxy: proxy.url,
        APP_CONFIG_catalog_locations: JSON.stringify([
          ...[join(checkout, 'catalog/all.yaml'), templates].map(target => ({
            type: 'file',
            target,
            rules: [{ allow: KINDS }],
          })),
          {
            type: 'url',
            target: `http://localhost:${forge}/tidewater/platform/blob/main/templates/all.yaml`,
            rules: [{ allow: ['Location', 'Template'] }],
          },
        ]),
        // Tests need not wait as long as people may.
        APP_CONFIG_scaffolder_taskRecovery_staleTimeout: '{"seconds":3}',
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const place = placeOf({ portal, forge, postgres, state });
    const own = new OwnPortal(place, proxy, supervisor);
    for (const stream of [supervisor.stdout!, supervisor.stderr!]) {
      stream.on('data', chunk => (own.output += chunk));
    }
    await own.says('Waymark is ready after');
    await own.says('✓ Sample delivery history');
    return own;
  }

  /** Resolves when the supervisor has printed this, `times` times in all. */
  async says(text: string, times = 1): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      const look = () => {
        if (this.output.split(text).length > times) resolve();
      };
      this.supervisor.stdout!.on('data', look);
      this.supervisor.once('exit', code =>
        reject(
          new Error(`./waymark start ended with ${code}:\n${this.output}`),
        ),
      );
      look();
    });
  }

  /** kill -9; the supervisor starts the backend again. */
  killBackend() {
    const record = join(this.place.state, 'run', 'backend.json');
    process.kill(JSON.parse(readFileSync(record, 'utf8')).pid, 'SIGKILL');
  }

  async stop() {
    const ended = new Promise(resolve => this.supervisor.once('exit', resolve));
    this.supervisor.kill('SIGTERM');
    await ended;
    await this.proxy.stop();
    // The database may live elsewhere than in the state folder.
    execFileSync(join(checkout, 'waymark'), ['reset', '--yes'], {
      env: { ...process.env, WAYMARK_STATE: this.place.state },
      stdio: 'ignore',
    });
    rmSync(this.place.state, { recursive: true, force: true });
  }
}
