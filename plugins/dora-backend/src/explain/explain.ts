import {
  Explained,
  ExplainedStep,
  Facts,
  MetricOptions,
  MetricRows,
  Outcome,
  rowsOf,
  UnclaimedReason,
  UnlinkedReason,
} from '@waymark/backstage-plugin-dora-common';
import { Component } from '../components/ComponentStore';
import { FactSettings } from '../config';
import { fold } from '../facts/fold/fold';
import { LeftOut } from '../facts/fold/Listener';
import { compare } from '../facts/fold/order';
import { Kept } from '../ingest/ObservationStore';
import { rulesOf, RulesInForce } from '../rules/rulesOf';
import { changeSteps } from './changeSteps';
import { deploymentSteps } from './deploymentSteps';
import { incidentSteps } from './incidentSteps';
import { leftOutStep } from './leftOutStep';
import { short } from './words';

/** What an event comes to, and by which steps. */
export interface Course {
  outcome: Outcome;
  steps: ExplainedStep[];
}

/** What was decided about a component's events, by those who decide it. */
export interface Decided {
  component: Component;
  settings: FactSettings;
  options: MetricOptions;
  inForce: RulesInForce;
  facts: Facts;
  rows: MetricRows;
  unclaimed: ReadonlyMap<string, UnclaimedReason>;
  unlinked: ReadonlyMap<string, UnlinkedReason>;
}

/**
 * Each deployment, change and incident that was observed where a component is, with
 * what it comes to and why; latest first. Nothing is decided here: facts and rows are
 * made once more by those who make them, who tell their reasons.
 */
export function explain(
  kept: readonly Kept[],
  members: readonly Component[],
  component: Component,
  settings: FactSettings,
  options: MetricOptions,
  now: number,
): Explained[] {
  const { entityRef } = component;
  const left = new Map<string, LeftOut>();
  const unclaimed = new Map<string, UnclaimedReason>();
  const unlinked = new Map<string, UnlinkedReason>();
  const all = fold(kept, members, settings, {
    leftOut: one => {
      if (one.entityRef === entityRef) left.set(one.id, one);
    },
    unclaimed: (id, why) => unclaimed.set(id, why),
    unlinked: (id, why) => unlinked.set(id, why),
  });
  const isOwn = (fact: { entityRef: string }) => fact.entityRef === entityRef;
  const facts: Facts = {
    deployments: all.deployments.filter(isOwn),
    changes: all.changes.filter(isOwn),
    incidents: all.incidents.filter(isOwn),
  };
  const decided: Decided = {
    component,
    settings,
    options,
    inForce: rulesOf(component, settings),
    facts,
    rows: rowsOf(facts, now, options.rolloutHours),
    unclaimed,
    unlinked,
  };
  return [
    ...facts.deployments.map((one): Explained => {
      const { id, environment, region, sha, url } = one;
      const place = region ? `${environment} in ${region}` : environment;
      return {
        id,
        kind: 'deployment',
        at: one.finishedAt ?? one.startedAt,
        title: `Deployment${sha ? ` of ${short(sha)}` : ''} to ${place}`,
        ...(url && { url }),
        ...deploymentSteps(one, decided),
      };
    }),
    ...facts.changes.map((one): Explained => {
      const { id, number, title, mergedAt, url } = one;
      return {
        id,
        kind: 'change',
        at: mergedAt,
        title: number === undefined ? title : `#${number} ${title}`,
        ...(url && { url }),
        ...changeSteps(one, decided),
      };
    }),
    ...facts.incidents.map((one): Explained => {
      const { id, startedAt, title, url } = one;
      return {
        id,
        kind: 'incident',
        at: startedAt,
        title: title || 'Incident',
        ...(url && { url }),
        ...incidentSteps(one, decided),
      };
    }),
    ...[...left.values()].map(
      ({ id, kind, at, title, url, why }): Explained => ({
        id,
        kind,
        at,
        title,
        ...(url && { url }),
        outcome: why.code === 'open' ? 'waiting' : 'not-counted',
        steps: [leftOutStep(why, decided)],
      }),
    ),
  ].sort((a, b) => compare(b.at, a.at) || compare(a.id, b.id));
}
