import { existsSync } from 'node:fs';
import { ForgeTarget } from '../forge/git';
import { Layout } from '../layout';
import { renderRepositories, SampleCompany, SampleRepository } from '../sample';
import { planHistory, withHistory } from '../sample/history';
import { HistoryRecord } from './HistoryRecord';
import { tellHistory } from './tellHistory';

/** Turns it off: then neither commits nor deliveries of it are made. */
export const SWITCH = 'WAYMARK_SAMPLE_HISTORY';

/** The sample company's last six months: commits in the forge, deliveries in the portal. */
export class SampleHistory {
  private constructor(
    private readonly company: SampleCompany,
    private readonly record: HistoryRecord | undefined,
    private readonly made: { today: Date; owner: string; portalUrl: string },
    private readonly isOn: boolean,
  ) {}

  /** Of a forge from before there was a history, nothing can be told. */
  static open(
    company: SampleCompany,
    layout: Pick<Layout, 'forge' | 'history'>,
    options: { env: NodeJS.ProcessEnv; owner: string; portalUrl: string },
  ): SampleHistory {
    const { env, owner, portalUrl } = options;
    const isOn = env[SWITCH] !== 'off';
    const fresh = { today: new Date(), portalUrl };
    const begin = () => HistoryRecord.begin(layout.history, fresh);
    const record =
      HistoryRecord.open(layout.history) ??
      (isOn && !existsSync(layout.forge) ? begin() : undefined);
    const { today, portalUrl: at } = record ?? fresh;
    return new SampleHistory(
      company,
      record,
      { today, owner, portalUrl: at },
      isOn,
    );
  }

  /** Whether the portal shows deliveries that never were. */
  get isShown(): boolean {
    return this.record !== undefined;
  }

  /** The same at each start, so that an interrupted one is gone on with. */
  repositories(): SampleRepository[] {
    const plain = this.plain();
    return this.record ? withHistory(plain, this.plan()) : plain;
  }

  /** Whether there is something that the portal does not know. */
  get isWaiting(): boolean {
    return this.isOn && this.record !== undefined && !this.record.isWhole;
  }

  /** Tells the portal the rest of it. */
  async tell(options: {
    forge: ForgeTarget;
    portalUrl: string;
    secret: string;
    note: (text: string) => void;
    signal: AbortSignal;
  }): Promise<void> {
    const { record } = this;
    if (!record) return;
    const histories = this.plan();
    const told = new Set(record.told);
    await tellHistory({
      ...options,
      histories: histories.filter(({ name }) => !told.has(name)),
      repositories: this.plain(),
      onTold: name => {
        record.tell(name);
        options.note(
          `(${record.told.length} of ${histories.length} repositories)`,
        );
      },
    });
    record.close();
  }

  private plain(): SampleRepository[] {
    const { today: now, owner, portalUrl } = this.made;
    return renderRepositories(this.company, { now, owner, portalUrl });
  }

  private plan() {
    return planHistory(this.company, this.made.today);
  }
}
