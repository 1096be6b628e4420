import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Forge, startForge } from '@waymark/forge';
import { CommandContext } from '../commands/context';
import { ensureWebhooks } from '../forge/webhook';
import { assertDiskSpace } from '../diskSpace';
import { seedRepositories } from '../forge/seed';
import { PLATFORM_REPOSITORY, readPlatform } from '../platform/files';
import { Synced, syncPlatform } from '../platform/sync';
import { postgresFolder } from '../postgres/identity';
import { PostgresCluster } from '../postgres/PostgresCluster';
import { endProcess, findProcess } from '../processes';
import { assertFree } from '../ports';
import { Progress } from '../progress';
import { loadSampleCompany, SampleCompany } from '../sample';
import { COMPANY_DOMAIN } from '../sample/company';
import { ensureSecrets, Secrets } from '../secrets';
import { ensureDocsBuilder } from '../techdocs/python';
import { ensureAppBuilt } from './appBuild';
import { Backend } from './Backend';
import { checkLocalConfig } from './configCheck';
import {
  DatabaseConnection,
  externalDatabase,
  portalEnvironment,
} from './environment';
import { readLocalConfig } from './localConfig';
import { SampleHistory } from './SampleHistory';

/** The organisation that owns the sample company's repositories. */
export const GIT_OWNER = 'tidewater';
/** The machine user that the portal acts as. */
const PORTAL_LOGIN = 'waymark';
const PORTAL_EMAIL = `${PORTAL_LOGIN}@${COMPANY_DOMAIN}`;
/** Whom the forge's pages act as. */
const WEB_LOGIN = 'maya-okafor';

/** Everything one laptop run consists of, started and stopped in order. */
export class Portal {
  private cluster: PostgresCluster | undefined;
  private forge: Forge | undefined;
  private backend: Backend | undefined;
  private database: DatabaseConnection | undefined;
  private readonly secrets: Secrets;
  private readonly company: SampleCompany;
  private readonly history: SampleHistory;
  readonly url: string;
  readonly forgeUrl: string;
  /** The file that lists the golden paths, as app-config.laptop.yaml has it. */
  readonly goldenPathsUrl: string;

  constructor(
    private readonly context: CommandContext,
    private readonly progress: Progress,
  ) {
    mkdirSync(context.layout.state, { recursive: true });
    this.secrets = ensureSecrets(context.layout.secrets);
    this.company = loadSampleCompany(
      join(context.layout.root, 'packages/local/sample'),
    );
    this.url = `http://localhost:${context.ports.portal}`;
    this.forgeUrl = `http://localhost:${context.ports.forge}`;
    this.history = SampleHistory.open(this.company, context.layout, {
      env: context.env,
      owner: GIT_OWNER,
      portalUrl: this.url,
    });
    this.goldenPathsUrl = `${this.forgeUrl}/${GIT_OWNER}/${PLATFORM_REPOSITORY}/blob/main/templates/all.yaml`;
  }

  /**
   * Database and forge, filled; what a backend of any kind needs.
   *
   * @returns what became of the checkout's golden paths
   */
  async startServices(): Promise<Synced> {
    const { layout, ports, env } = this.context;
    await assertDiskSpace(layout.state);
    const local = readLocalConfig(layout.root);
    const own = externalDatabase(env);
    const leftover = findProcess(layout.run, 'backend');
    if (leftover) await endProcess(leftover.pid, 'SIGTERM', 10_000);

    this.cluster =
      own || local.hasDatabase
        ? undefined
        : new PostgresCluster({
            folder: postgresFolder(layout.state),
            port: ports.postgres,
            password: this.secrets.postgresPassword,
          });
    const { cluster } = this;
    if (cluster) {
      await this.progress.step(`PostgreSQL on port ${ports.postgres}`, () =>
        cluster.start(env.POSTGRES_DB ?? 'waymark', () =>
          assertFree('postgres', ports.postgres),
        ),
      );
    }
    this.database = own ??
      cluster?.connection ?? { host: '', port: '', user: '', password: '' };

    await assertFree('forge', ports.forge);
    await this.progress.step(`Git forge on port ${ports.forge}`, note =>
      this.startForge(note),
    );
    return this.progress.step('Golden paths', () => this.syncPlatform());
  }

  /** Brings the checkout's golden paths to their repository. */
  async syncPlatform(): Promise<Synced> {
    return syncPlatform(
      await readPlatform(this.context.layout.root),
      {
        url: this.forgeUrl,
        owner: GIT_OWNER,
        token: this.secrets.forgeToken,
      },
      { name: 'Waymark', email: PORTAL_EMAIL },
    );
  }

  /** The app, built where it changed, and what builds the docs. */
  async prepare(): Promise<string[]> {
    const { layout } = this.context;
    const noDocs = await ensureDocsBuilder(layout, this.progress);
    await ensureAppBuilt(layout, this.progress);
    return noDocs ? [noDocs] : [];
  }

  async startBackend(): Promise<Backend> {
    const { layout, ports } = this.context;
    await assertFree('portal', ports.portal);
    await checkLocalConfig(layout, this.environment(), this.progress);
    const backend = new Backend(layout, this.environment(), this.url);
    this.backend = backend;
    await this.progress.step(`Portal on port ${ports.portal}`, () =>
      backend.start(),
    );
    return backend;
  }

  /** Names of the components that the forge's own repositories hold. */
  get components(): string[] {
    return [
      PLATFORM_REPOSITORY,
      ...this.company.components.map(({ name }) => name),
    ];
  }

  /** The environment of a backend of this run. */
  environment(): NodeJS.ProcessEnv {
    if (!this.database) throw new Error('The services have not been started');
    return portalEnvironment({
      ...this.context,
      secrets: this.secrets,
      database: this.database,
      hasSampleHistory: this.history.isShown,
    });
  }

  /** Tells the portal of the sample company's deliveries, once. */
  async tellHistory(signal: AbortSignal): Promise<void> {
    const { history, secrets } = this;
    if (!history.isWaiting) return;
    await this.progress.step('Sample delivery history', note =>
      history.tell({
        forge: {
          url: this.forgeUrl,
          owner: GIT_OWNER,
          token: secrets.forgeToken,
        },
        portalUrl: this.url,
        secret: secrets.webhookSecret,
        note,
        signal,
      }),
    );
  }

  /** Ends what was started, the last first. */
  async stop() {
    await this.backend?.stop();
    await this.forge?.stop();
    await this.cluster?.stop();
  }

  private async startForge(note: (text: string) => void) {
    const { layout, ports } = this.context;
    const { forgeToken, webhookSecret } = this.secrets;
    const { company } = this;
    this.forge = await startForge({
      dataDir: layout.forge,
      port: ports.forge,
      organisations: [{ login: GIT_OWNER, name: 'Tidewater' }],
      accounts: [
        {
          login: PORTAL_LOGIN,
          name: 'Waymark',
          email: PORTAL_EMAIL,
          token: forgeToken,
        },
        // The sample people have no tokens: nothing can act as them but the
        // forge's own pages, where a person approves what the portal opened.
        ...Object.entries(company.organisation.people).map(([id, name]) => ({
          login: id.replace('.', '-'),
          name,
          email: `${id}@${COMPANY_DOMAIN}`,
        })),
      ],
      teams: Object.entries(company.organisation.teams).map(
        ([slug, { title }]) => ({ organisation: GIT_OWNER, slug, name: title }),
      ),
      webAccount: WEB_LOGIN,
      anonymousRead: true,
      portalUrl: this.url,
    });
    const repositories = this.history.repositories();
    await seedRepositories(
      repositories,
      { url: this.forgeUrl, owner: GIT_OWNER, token: forgeToken },
      count => note(`(${count} of ${repositories.length} sample repositories)`),
    );
    note('');
    await ensureWebhooks({
      forgeUrl: this.forgeUrl,
      owner: GIT_OWNER,
      token: forgeToken,
      portalUrl: this.url,
      secret: webhookSecret,
    });
  }
}
