import { hash } from 'node:crypto';
import { Observation } from '@waymark/backstage-plugin-dora-node';
import { Kept } from '../../ingest/ObservationStore';

/** By code units: the same on every machine. */
export function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** The observations of one kind, by time and then by what they say. */
export function ofKind<K extends Observation['kind']>(
  kept: readonly Kept[],
  kind: K,
): Extract<Observation, { kind: K }>[] {
  return kept
    .filter(({ observation }) => observation.kind === kind)
    .sort(
      (a, b) =>
        compare(timeOf(a.observation), timeOf(b.observation)) ||
        compare(a.key, b.key),
    )
    .map(({ observation }) => observation as Extract<Observation, { kind: K }>);
}

function timeOf(observation: Observation): string {
  return 'at' in observation ? observation.at : '';
}

/** Thousands of ids of one component follow on one another. */
let begin = { of: '', is: '' };

/**
 * The same for the same natural key. Those of a component begin alike, so that an
 * index has them together: thousands are loaded at once.
 */
export function factId(
  entityRef: string,
  ...parts: (string | number)[]
): string {
  const own = hash('sha256', JSON.stringify([...parts, entityRef]));
  if (begin.of !== entityRef) {
    begin = { of: entityRef, is: hash('sha256', entityRef).slice(0, 8) };
  }
  return begin.is + own.slice(0, 24);
}

/** The values under each key, in their order. */
export function grouped<T>(
  values: readonly T[],
  key: (value: T) => string,
): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const value of values) {
    const of = key(value);
    const group = groups.get(of);
    if (group) group.push(value);
    else groups.set(of, [value]);
  }
  return groups;
}

/** The first of the patterns that a text fits. */
export function fitting(
  patterns: readonly string[],
  text: string,
): string | undefined {
  return patterns.find(pattern => fits(pattern, text));
}

/** Whether a text fits a pattern, in which `*` stands for any text. */
export function fits(pattern: string, text: string): boolean {
  const parts = pattern.split('*').map(part => part.toLowerCase());
  const whole = text.toLowerCase();
  const [first] = parts;
  const last = parts[parts.length - 1];
  if (parts.length === 1) return whole === first;
  if (!whole.startsWith(first)) return false;
  let at = first.length;
  for (const part of parts.slice(1, -1)) {
    const found = whole.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return whole.length - at >= last.length && whole.endsWith(last);
}
