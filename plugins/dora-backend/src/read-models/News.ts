import { LoggerService } from '@backstage/backend-plugin-api';
import { SignalsService } from '@backstage/plugin-signals-node';

/** What open pages listen to: that metrics are others, that a delivery was read. */
export type Channel = 'dora:changed' | 'dora:received';
const USUAL_PAUSE_MS = 1_000;

/**
 * Tells open pages that something has changed, and nothing of what: they ask, and
 * are answered what their reader may see. Of a burst they hear once a second.
 */
export class News {
  private timer?: NodeJS.Timeout;
  private more = false;

  constructor(
    private readonly channel: Channel,
    private readonly signals: SignalsService,
    private readonly logger: LoggerService,
    private readonly pauseMs = USUAL_PAUSE_MS,
  ) {}

  /** Told at once, or as soon as the pause since the last time is over. */
  tell(): void {
    if (this.timer) {
      this.more = true;
      return;
    }
    this.more = false;
    this.timer = setTimeout(() => {
      this.timer = undefined;
      if (this.more) this.tell();
    }, this.pauseMs);
    this.send().catch(error =>
      this.logger.warn('Open pages were not told of a change', error),
    );
  }

  /** Tells nothing more. */
  stop(): void {
    clearTimeout(this.timer);
  }

  private async send(): Promise<void> {
    await this.signals.publish({
      recipients: { type: 'broadcast' },
      channel: this.channel,
      message: {},
    });
  }
}
