import { createHash } from 'node:crypto';
import { LoggerService } from '@backstage/backend-plugin-api';
import { Facts } from '@waymark/backstage-plugin-dora-common';
import {
  AskAgainLater,
  DeliverySource,
  NotAnswered,
  Question,
  questionSchema,
} from '@waymark/backstage-plugin-dora-node';
import { storable } from '@waymark/backstage-plugin-insights-node';
import { Knex } from 'knex';
import { Claim, Claims } from '../claims/Claims';
import { Kept } from '../ingest/ObservationStore';
import { BackfillStore } from './BackfillStore';
import { FetchedDeliveries } from './keepFetched';
import { openQuestions } from './openQuestions';

/** What a question is claimed with. */
export interface QuestionWork {
  source: string;
  question: unknown;
}

/** What sources are asked beside their histories; each once, answered or not. */
export class Questions {
  readonly claims: Claims<QuestionWork>;

  constructor(
    private readonly services: {
      knex: Knex;
      logger: LoggerService;
      backfills: BackfillStore;
      fetched: FetchedDeliveries;
      sources: ReadonlyMap<string, DeliverySource>;
    },
  ) {
    this.claims = new Claims<QuestionWork>(services.knex, 'questions', {
      id: 'text',
      columns: ['source', 'question'],
      waiting: query => query.where({ state: 'waiting' }),
    });
  }

  /** Has somebody asked what facts of a repository lack. */
  async note(
    repository: string,
    kept: readonly Kept[],
    facts: Facts,
  ): Promise<void> {
    const { knex, backfills, sources } = this.services;
    const source = [...sources.values()].find(one =>
      one.history?.knows(repository),
    );
    if (!source) return;
    const open = openQuestions(repository, kept, facts);
    // What is being fetched may answer them.
    if (open.length === 0 || (await backfills.isUnderWay(repository))) return;
    const rows = open.map(question => ({
      id: createHash('sha256').update(JSON.stringify(question)).digest('hex'),
      source: source.id,
      repository,
      question,
    }));
    await knex.raw(
      `insert into questions (id, source, repository, question)
       select * from jsonb_to_recordset(?)
         as open (id text, source text, repository text, question jsonb)
       order by id
       on conflict do nothing`,
      [JSON.stringify(rows)],
    );
  }

  /** What was not answered may be by now. */
  async askAgain(repository?: string): Promise<void> {
    const query = this.services
      .knex('questions')
      .where({ state: 'unanswered' })
      .delete();
    await (repository ? query.where({ repository }) : query);
  }

  async do(claim: Claim & QuestionWork, signal: AbortSignal): Promise<void> {
    try {
      await this.ask(claim, questionSchema.parse(claim.question), signal);
    } catch (error) {
      if (error instanceof AskAgainLater) {
        const seconds = Math.ceil((error.at.getTime() - Date.now()) / 1_000);
        await this.claims.abandon([claim], Math.max(1, seconds));
      } else if (error instanceof NotAnswered) {
        await this.end(this.services.knex, claim, error.message);
      } else {
        throw error;
      }
    }
  }

  private async ask(
    claim: Claim & QuestionWork,
    asked: Question,
    signal: AbortSignal,
  ) {
    const { knex, fetched, sources } = this.services;
    const source = sources.get(claim.source);
    if (!source?.history) throw new NotAnswered('Nobody can be asked');
    const answers = await source.history.ask(asked, signal);
    const write = await fetched.read(source, answers);
    await knex.transaction(async trx => {
      const [held] = await this.claims.lock(trx, [claim]);
      if (!held) return;
      await write(trx);
      await this.end(trx, claim);
    });
  }

  private async end(knex: Knex, { id, fence }: Claim, reason?: string) {
    await knex('questions')
      .where({ id, fence })
      .update({
        state: reason ? 'unanswered' : 'answered',
        reason: reason ? storable(reason).slice(0, 1_000) : null,
        claimed_by: null,
        claimed_until: null,
      });
  }
}
