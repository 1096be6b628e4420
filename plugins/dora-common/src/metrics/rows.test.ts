import fc from 'fast-check';
import { Facts } from '../facts';
import { histories, nows, windows } from './__testUtils__/histories';
import { historyOf, historyOfRows } from './history';
import { byTime } from './instants';
import { leadTimeBuckets, recoveryTimeBuckets } from './distribution';
import { calendarOf } from './calendar';
import { BOTS } from './leadTime';
import { packRows } from './packed';
import { fiveOfPacked, metricsOfPacked } from './packedMetrics';
import { MetricRows, rowsOf } from './rows';
import { fiveOf, seriesOf } from './series';
import { before, past, Window } from './window';

const RUNS = { numRuns: 1000 };

/** A component's own facts; its deployments are only mended by its own. */
function split(facts: Facts): Facts[] {
  const of = new Map(facts.deployments.map(one => [one.id, one.entityRef]));
  const refs = ['component:default/a', 'component:default/b'];
  return refs.map(ref => ({
    deployments: facts.deployments.filter(({ entityRef }) => entityRef === ref),
    changes: facts.changes.filter(({ entityRef }) => entityRef === ref),
    incidents: facts.incidents.filter(
      ({ entityRef, deploymentId }) =>
        (of.get(deploymentId ?? '') ?? entityRef) === ref,
    ),
  }));
}

function mendedByOwn(facts: Facts): Facts {
  const of = new Map(facts.deployments.map(one => [one.id, one.entityRef]));
  return {
    ...facts,
    deployments: facts.deployments.map(one =>
      of.get(one.mendsDeploymentId ?? '') === one.entityRef
        ? one
        : { ...one, mendsDeploymentId: undefined },
    ),
  };
}

const joined = (parts: MetricRows[]): MetricRows => ({
  rollouts: parts.flatMap(({ rollouts }) => rollouts).sort(byTime),
  changes: parts.flatMap(({ changes }) => changes).sort(byTime),
  waiting: parts.flatMap(({ waiting }) => waiting).sort(byTime),
  unlinked: parts.flatMap(({ unlinked }) => unlinked).sort(byTime),
});

/** The rows of each month, as they are stored. */
function byMonth(rows: MetricRows): MetricRows[] {
  const monthOf = ({ at }: { at: number }) =>
    new Date(at).toISOString().slice(0, 7);
  const months = new Set(
    Object.values(rows).flatMap(list => list.map(monthOf)),
  );
  return [...months].map(month => {
    const inside = (row: { at: number }) => monthOf(row) === month;
    return {
      rollouts: rows.rollouts.filter(inside),
      changes: rows.changes.filter(inside),
      waiting: rows.waiting.filter(inside),
      unlinked: rows.unlinked.filter(inside),
    };
  });
}

/** What a store would read for a window. */
function readFor(rows: MetricRows, window: Window): MetricRows {
  const inside = ({ at }: { at: number }) =>
    at >= window.from && at < window.to;
  return {
    rollouts: rows.rollouts.filter(
      row =>
        inside(row) ||
        (row.failure &&
          (row.failure.recoveredAt ?? Infinity) >= window.from &&
          Math.min(row.failure.since, row.failure.recoveredAt ?? Infinity) <
            window.to),
    ),
    changes: rows.changes.filter(inside),
    waiting: rows.waiting.filter(inside),
    unlinked: rows.unlinked.filter(inside),
  };
}

describe('rows of a thousand histories', () => {
  it('made for each component by itself are those of all together', () => {
    fc.assert(
      fc.property(histories, nows, (random, now) => {
        const facts = mendedByOwn(random);
        const parts = split(facts).map(part => rowsOf(part, now, 24));
        expect(joined(parts)).toEqual(rowsOf(facts, now, 24));
      }),
      RUNS,
    );
  });

  it('stored and read for a window make the same metrics', () => {
    fc.assert(
      fc.property(histories, windows, nows, (facts, window, now) => {
        const rows = rowsOf(facts, now, 24);
        const stored: MetricRows = JSON.parse(JSON.stringify(rows));
        const read = historyOfRows(readFor(stored, window), now);
        expect(seriesOf(read, window)).toEqual(
          seriesOf(historyOf(facts, now), window),
        );
      }),
      RUNS,
    );
  });

  it('packed by component and month make the same metrics', () => {
    const counting = fc.record({
      bots: fc.constantFrom(...BOTS),
      recoverWithoutIncident: fc.boolean(),
    });
    fc.assert(
      fc.property(
        histories,
        windows,
        nows,
        counting,
        (random, window, now, how) => {
          const facts = mendedByOwn(random);
          const parts = split(facts)
            .flatMap(part => byMonth(rowsOf(part, now, 24)))
            .map(packRows);
          const history = historyOf(facts, now, { rolloutHours: 24, ...how });
          const { bots } = how;
          expect(metricsOfPacked(parts, window, now, how)).toEqual({
            metrics: fiveOf(history, window, bots),
            series: seriesOf(history, window, bots),
            distribution: {
              leadTime: leadTimeBuckets(history, window, bots),
              recoveryTime: recoveryTimeBuckets(history, window),
            },
          });
          const earlier = before(window);
          expect(fiveOfPacked(parts, calendarOf(earlier, now), how)).toEqual(
            fiveOf(history, earlier, bots),
          );
        },
      ),
      RUNS,
    );
  });

  it('give a past window the same value later, where no fact is of the future', () => {
    fc.assert(
      fc.property(histories, windows, nows, (facts, window, now) => {
        const earlier = before(past(window, now));
        const known = (fact: object) =>
          Object.entries(fact).every(
            ([name, value]) =>
              !name.endsWith('At') || !(Date.parse(value) >= now),
          );
        const settled: Facts = {
          deployments: facts.deployments.filter(known),
          changes: facts.changes.filter(known),
          incidents: facts.incidents.filter(known),
        };
        const later = now + 400 * 86_400_000;
        expect(fiveOf(historyOf(settled, later), earlier)).toEqual(
          fiveOf(historyOf(settled, now), earlier),
        );
      }),
      RUNS,
    );
  });
});
