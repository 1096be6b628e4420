import { Facts } from '@waymark/backstage-plugin-dora-common';
import { Knex } from 'knex';
import { Claim } from '../claims/Claims';
import { Pace } from '../claims/pace';
import { ComponentStore } from '../components/ComponentStore';
import { FactSettings } from '../config';
import { redoable } from '../database/redoable';
import { Kept, ObservationStore } from '../ingest/ObservationStore';
import { FactStore } from './FactStore';
import { fold } from './fold/fold';
import { Unit, UnitStore } from './UnitStore';

/** Makes facts of what was observed. */
export class Folder {
  constructor(
    private readonly services: {
      knex: Knex;
      components: ComponentStore;
      facts: FactStore;
      observations: ObservationStore;
      units: UnitStore;
      /** Learns what facts of a unit were made of. */
      note?(unit: string, kept: readonly Kept[], made: Facts): Promise<void>;
    },
    private readonly settings: FactSettings,
    private readonly pace: Pace,
  ) {}

  /** What another worker has claimed meanwhile is not written. */
  async do(claims: readonly (Claim & Unit)[]): Promise<void> {
    for (const claim of claims) await this.one(claim);
  }

  private async one(claim: Claim & Unit): Promise<void> {
    const { knex, components, facts, observations, units } = this.services;
    const unit = claim.id;
    const begun = performance.now();
    const members = await components.of(unit);
    const kept =
      members.length === 0
        ? []
        : await observations.of({
            unit,
            entityRefs: members.map(({ entityRef }) => entityRef),
            services: members.flatMap(({ services }) => services),
          });
    const made = fold(kept, members, this.settings);
    await redoable(knex, async trx => {
      const [held] = await units.claims.lock(trx, [claim]);
      if (!held) return;
      await facts.replace(trx, unit, made, held.live_at !== null);
      const rest = this.pace.restAfter(performance.now() - begun);
      await units.finish(trx, held, rest);
    });
    await this.services.note?.(unit, kept, made);
  }
}
