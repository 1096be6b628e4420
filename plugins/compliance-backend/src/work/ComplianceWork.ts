import { LoggerService } from '@backstage/backend-plugin-api';
import { Knex } from 'knex';
import { RulesInForce } from '../campaigns/RulesInForce';
import { ExemptionStore } from '../exemptions/ExemptionStore';
import { FactCollector } from '../facts/FactCollector';
import { Fact, FactStore } from '../facts/FactStore';
import { Evaluator } from '../verdicts/Evaluator';
import { VerdictStore } from '../verdicts/VerdictStore';
import { Cadence, nextRound } from './nextRound';
import { Claim, Outcome, WorkStore } from './WorkStore';

/** Collects facts about components and judges them. */
export class ComplianceWork {
  constructor(
    private readonly services: {
      knex: Knex;
      logger: LoggerService;
      work: WorkStore;
      facts: FactStore;
      verdicts: VerdictStore;
      exemptions: ExemptionStore;
      collector: FactCollector;
      evaluator: Evaluator;
      inForce: RulesInForce;
    },
    private readonly cadence: Cadence,
  ) {}

  /**
   * Does the claimed components and writes what it found in one transaction.
   * What another worker has claimed meanwhile is not written.
   *
   * @returns the components that were written
   */
  async do(claims: readonly Claim[], signal: AbortSignal): Promise<Claim[]> {
    const { exemptions, evaluator, facts, inForce, verdicts } = this.services;
    const ids = claims.map(({ id }) => id);
    const [rules, known, before, exempt] = await Promise.all([
      inForce.now(),
      facts.read(ids),
      verdicts.read(ids),
      exemptions.inForce(claims.map(({ entityRef }) => entityRef)),
    ]);
    const gone: Claim[] = [];
    const done = await Promise.all(
      claims.map(async claim => {
        const old = new Map(known.get(claim.id)!.map(one => [one.part, one]));
        let fresh: Fact[] = [];
        if (claim.collect) {
          const collected = await this.services.collector.collect(
            claim.entityRef,
            old,
            signal,
          );
          if (!collected) {
            gone.push(claim);
            return [];
          }
          fresh = collected;
        }
        const now = new Map(old);
        for (const fact of fresh) now.set(fact.part, fact);
        const evaluation = await evaluator.evaluate(
          rules,
          claim,
          [...now.values()],
          before.get(claim.id)!,
          exempt.get(claim.entityRef),
        );
        return [{ claim, fresh, all: [...now.values()], evaluation }];
      }),
    );
    await this.services.work.abandon(gone, this.cadence.every);
    return this.write(done.flat(), rules.revision);
  }

  private async write(
    done: readonly {
      claim: Claim;
      fresh: readonly Fact[];
      all: readonly Fact[];
      evaluation: Awaited<ReturnType<Evaluator['evaluate']>>;
    }[],
    revision: string,
  ): Promise<Claim[]> {
    const { knex, work, facts, verdicts, logger } = this.services;
    const held = await knex.transaction(async trx => {
      const locked = await work.lock(
        trx,
        done.map(({ claim }) => claim),
      );
      const own = done.filter(({ claim }) => locked.includes(claim));
      await facts.save(
        trx,
        own.flatMap(({ claim: { id }, fresh }) =>
          fresh.map(fact => ({ id, fact })),
        ),
      );
      await verdicts.save(
        trx,
        own.map(({ evaluation }) => evaluation.diff),
        own.map(({ evaluation }) => evaluation.scores),
      );
      await work.finish(
        trx,
        own.map(({ claim, fresh, all, evaluation }): Outcome => {
          const { basis } = evaluation;
          return {
            claim,
            revision,
            basis,
            collected: claim.collect,
            ...nextRound(this.cadence, claim.retries, fresh, all),
          };
        }),
      );
      return locked;
    });
    if (held.length < done.length) {
      logger.warn(
        `${done.length - held.length} of ${
          done.length
        } components were claimed by another worker meanwhile`,
      );
    }
    return held;
  }
}
