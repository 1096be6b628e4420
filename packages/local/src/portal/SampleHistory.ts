import { existsSync } from 'node:fs';
import { StartError } from '../fail';
import { ForgeTarget } from '../forge/git';
import { Layout } from '../layout';
import { renderRepositories, SampleCompany, SampleRepository } from '../sample';
import { DAYS, planHistory, withHistory } from '../sample/history';
import { HistoryRecord } from './HistoryRecord';
import { tellHistory } from './tellHistory';

const SWITCH = 'WAYMARK_SAMPLE_HISTORY';

/** How many days it goes back; 0 where neither commits nor deliveries of it are made. */
function daysOf(setting: string): number {
  if (setting === 'off') return 0;
  const days = /^[1-9]\d*$/.test(setting) ? Number(setting) : NaN;
  if (days <= DAYS) return days;
  throw new StartError(
    `${SWITCH} is ${setting}.`,
    `Set it to off, or to a number of days from 1 to ${DAYS}.`,
  );
}

/** The sample company's last months: commits in the forge, deliveries in the portal. */
export class SampleHistory {
  private constructor(
    private readonly company: SampleCompany,
    private readonly record: HistoryRecord | undefined,
    private readonly made: {
      today: Date;
      days: number;
      owner: string;
      portalUrl: string;
    },
    private readonly isOn: boolean,
  ) {}

  /** Of a forge from before there was a history, nothing can be told. */
  static open(
    company: SampleCompany,
    layout: Pick<Layout, 'forge' | 'history'>,
    options: { env: NodeJS.ProcessEnv; owner: string; portalUrl: string },
  ): SampleHistory {
    const { env, owner, portalUrl } = options;
    const asked = daysOf(env[SWITCH] || String(DAYS));
    const isOn = asked > 0;
    const fresh = { today: new Date(), days: asked, portalUrl };
    const begin = () => HistoryRecord.begin(layout.history, fresh);
    const record =
      HistoryRecord.open(layout.history) ??
      (isOn && !existsSync(layout.forge) ? begin() : undefined);
    const { today, days, portalUrl: at } = record ?? fresh;
    return new SampleHistory(
      company,
      record,
      { today, days, owner, portalUrl: at },
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
    return planHistory(this.company, this.made.today, this.made.days);
  }
}
