import { hostname } from 'node:os';
import { LoggerService, SchedulerService } from '@backstage/backend-plugin-api';
import { Facts } from '@waymark/backstage-plugin-dora-common';
import { DeliverySource } from '@waymark/backstage-plugin-dora-node';
import { Knex } from 'knex';
import { Worker } from '../claims/Worker';
import { ComponentStore } from '../components/ComponentStore';
import { InboxStore } from '../ingest/InboxStore';
import { Kept, ObservationStore } from '../ingest/ObservationStore';
import { Backfiller } from './Backfiller';
import {
  BackfillStore,
  BackfillWork,
  DatabaseBackfillStore,
} from './BackfillStore';
import { FetchedDeliveries } from './keepFetched';
import { Questions, QuestionWork } from './Questions';

const DAY = 86_400_000;

/** What sources are asked: histories of repositories, and what no webhook tells. */
export class BackfillService {
  /** How far back histories are fetched; 0 where none is. */
  readonly days: number;
  private readonly store: BackfillStore;
  private readonly questions: Questions;
  private readonly fetching: Worker<BackfillWork>;
  private readonly asking: Worker<QuestionWork>;

  constructor(
    private readonly services: {
      knex: Knex;
      logger: LoggerService;
      components: ComponentStore;
      inbox: InboxStore;
      observations: ObservationStore;
      sources: ReadonlyMap<string, DeliverySource>;
    },
    options: {
      days: number;
      /** Called when there is something to make facts of. */
      kept: () => void;
    },
  ) {
    const { knex, logger } = services;
    this.days = options.days;
    this.store = new DatabaseBackfillStore(knex);
    const fetched = new FetchedDeliveries(services);
    const shared = { ...services, backfills: this.store, fetched };
    const backfiller = new Backfiller(shared);
    this.questions = new Questions(shared);
    const name = `${hostname()}:${process.pid}`;
    this.fetching = new Worker(
      name,
      {
        name: 'Histories',
        claims: this.store.claims,
        batch: 1,
        lanes: 3,
        do: async ([claim], signal) => {
          await backfiller.do(claim, signal);
          options.kept();
        },
      },
      logger,
    );
    this.asking = new Worker(
      name,
      {
        name: 'Questions',
        claims: this.questions.claims,
        batch: 1,
        lanes: 1,
        do: async ([claim], signal) => {
          await this.questions.do(claim, signal);
          options.kept();
        },
      },
      logger,
    );
  }

  /** Works on it again and again, beside what is sent. */
  async schedule(scheduler: SchedulerService): Promise<void> {
    await scheduler.scheduleTask({
      id: 'dora:backfill',
      scope: 'local',
      frequency: { seconds: 2 },
      initialDelay: { seconds: 2 },
      timeout: { hours: 24 },
      fn: async () => {
        await Promise.all([this.fetching.drain(), this.asking.drain()]);
      },
    });
  }

  /** Begins with repositories of components that are new in the catalog. */
  async sync(): Promise<void> {
    if (this.days === 0) return;
    const { components, sources } = this.services;
    const repositories = await components.repositories();
    await this.store.sync(
      repositories.flatMap(repository =>
        [...sources.values()]
          .filter(({ history }) => history?.knows(repository))
          .map(({ id: source }) => ({ source, repository })),
      ),
      this.since(),
    );
  }

  /** Fetches it again; of how many repositories. */
  async restart(repository?: string): Promise<number> {
    await this.questions.askAgain(repository);
    const started = await this.store.restart(this.since(), repository);
    this.fetching.wake();
    return started;
  }

  list(page: { offset: number; limit: number }) {
    return this.store.list(page);
  }

  count() {
    return this.store.count();
  }

  /** Has asked what facts of a repository lack. */
  async note(repository: string, kept: readonly Kept[], facts: Facts) {
    if (this.days === 0) return;
    await this.questions.note(repository, kept, facts);
  }

  /** Ends what is under way; other replicas take it over. */
  async stop(): Promise<void> {
    await Promise.all([this.fetching.stop(), this.asking.stop()]);
  }

  private since(): Date {
    return new Date(Date.now() - (this.days || 1) * DAY);
  }
}
