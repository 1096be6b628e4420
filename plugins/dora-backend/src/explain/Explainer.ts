import { NotFoundError } from '@backstage/errors';
import {
  ExplainAnswer,
  ExplainQuery,
  MetricOptions,
  Outcome,
  OUTCOMES,
} from '@waymark/backstage-plugin-dora-common';
import { Component, ComponentStore } from '../components/ComponentStore';
import { FactSettings } from '../config';
import { compare } from '../facts/fold/order';
import { ObservationStore } from '../ingest/ObservationStore';
import { rulesOf } from '../rules/rulesOf';
import { explain } from './explain';
import { ruleAnswers } from './ruleAnswers';

/** Says what was counted for a component, and why. */
export class Explainer {
  constructor(
    private readonly services: {
      components: ComponentStore;
      observations: ObservationStore;
    },
    private readonly settings: FactSettings,
    private readonly options: MetricOptions,
  ) {}

  /** @throws NotFoundError for a component that was not taken over yet */
  async of(entityRef: string, query: ExplainQuery): Promise<ExplainAnswer> {
    const { settings, options } = this;
    const component = await this.services.components.find(entityRef);
    if (!component) {
      throw new NotFoundError(`${entityRef} has not been looked at yet`);
    }
    const now = Date.now();
    const inForce = rulesOf(component, settings);
    const all = await this.events(component, now);
    const counts = Object.fromEntries(
      OUTCOMES.map(outcome => [
        outcome,
        all.filter(one => one.outcome === outcome).length,
      ]),
    ) as Record<Outcome, number>;
    const found = all.filter(
      ({ kind, outcome }) =>
        (query.kind ?? kind) === kind && (query.outcome ?? outcome) === outcome,
    );
    // By what it stands behind, so that what comes meanwhile shifts nothing.
    const [at, id] = (query.cursor ?? '').split(/ (.*)/s);
    const rest = query.cursor
      ? found.filter(one => (compare(at, one.at) || compare(one.id, id)) > 0)
      : found;
    const items = rest.slice(0, query.limit);
    const last = items.at(-1);
    const { owner, repository, path, services } = component;
    return {
      entityRef,
      asOf: new Date(now).toISOString(),
      component: {
        ...(owner && { owner }),
        ...(repository && { repository }),
        path,
        services,
      },
      rules: ruleAnswers(inForce, settings, options),
      problems: inForce.problems,
      counts,
      items,
      total: found.length,
      ...(last &&
        rest.length > items.length && { next: `${last.at} ${last.id}` }),
    };
  }

  private async events(component: Component, now: number) {
    const { components, observations } = this.services;
    const { unit } = component;
    const members = await components.of(unit);
    const kept = await observations.of({
      unit,
      entityRefs: members.map(({ entityRef }) => entityRef),
      services: members.flatMap(({ services }) => services),
    });
    return explain(kept, members, component, this.settings, this.options, now);
  }
}
