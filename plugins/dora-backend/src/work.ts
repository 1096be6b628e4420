import { hostname } from 'node:os';
import { LoggerService } from '@backstage/backend-plugin-api';
import { Pace } from './claims/pace';
import { Worker } from './claims/Worker';
import { Folder } from './facts/Folder';
import { UnitStore } from './facts/UnitStore';
import { InboxStore } from './ingest/InboxStore';
import { Projection } from './ingest/Projection';
import { RowMaker } from './read-models/RowMaker';
import { RowStore } from './read-models/RowStore';

/** From what came in to what metrics are read from, in three steps. */
export class Work {
  private readonly reading;
  private readonly folding;
  private readonly making;

  constructor(options: {
    logger: LoggerService;
    pace: Pace;
    inbox: InboxStore;
    units: UnitStore;
    rows: RowStore;
    projection: Projection;
    folder: Folder;
    rowMaker: RowMaker;
    /** Called when deliveries were read. */
    read(): void;
    /** Called when metrics are others. */
    made(): void;
  }) {
    const { logger, pace } = options;
    const name = `${hostname()}:${process.pid}`;
    // What waits must not take the time of what comes in: half a core's at most.
    const resting = (lanes: number) => ({
      lanes,
      rest: (took: number) => (pace.isBurst ? (2 * lanes - 1) * took : 0),
    });
    this.making = new Worker(
      name,
      {
        name: 'Rows of metrics',
        claims: options.rows.claims,
        batch: 1,
        ...resting(2),
        liveFirst: true,
        do: async claims => {
          await options.rowMaker.do(claims);
          options.made();
        },
      },
      logger,
    );
    this.folding = new Worker(
      name,
      {
        name: 'Facts',
        claims: options.units.claims,
        batch: 1,
        // One is computed while two are written.
        ...resting(3),
        liveFirst: true,
        do: async claims => {
          await options.folder.do(claims);
          this.making.wake();
        },
      },
      logger,
    );
    this.reading = new Worker(
      name,
      {
        name: 'Deliveries',
        claims: options.inbox.claims,
        batch: 100,
        lanes: 2,
        gatherMs: 50,
        do: async rows => {
          await options.projection.do(rows);
          options.read();
          this.folding.wake();
        },
      },
      logger,
    );
  }

  /** Begins soon with what came in. */
  wake(): void {
    this.reading.wake();
  }

  /** Works until nothing is due. */
  async drain(): Promise<void> {
    await this.reading.drain();
    await this.folding.drain();
    await this.making.drain();
  }

  /** Ends what is under way; other replicas take it over. */
  async stop(): Promise<void> {
    const { reading, folding, making } = this;
    await Promise.all([reading.stop(), folding.stop(), making.stop()]);
  }
}
