import { Facts } from '@waymark/backstage-plugin-compliance-common';

/** What a rule said, or why it said nothing. */
export type RawAnswer =
  | { deny: readonly unknown[]; applies: boolean }
  | { error: string };

/** What each rule said, by id. */
export type RawReport = Readonly<Record<string, RawAnswer>>;

/** Asks the rules about a component. */
export interface PolicyEngine {
  readonly kind: 'wasm' | 'opa';
  /**
   * Never throws: a rule that cannot be asked answers with an error, and the
   * others as if it were not there.
   *
   * @param facts - or their JSON, where it is at hand
   * @param today - `2026-12-31`, for rules that know dates
   */
  evaluate(facts: Facts | string, today: string): Promise<RawReport>;
  /** Ends what runs. */
  close(): Promise<void>;
}

/** Entrypoint of the report of all rules. */
export const REPORT = 'waymark/report/report';

/** JSON of what rules read. */
export function inputOf(facts: Facts | string, today: string): string {
  if (typeof facts !== 'string') return JSON.stringify({ ...facts, today });
  return `${facts.slice(0, -1)},"today":${JSON.stringify(today)}}`;
}

const SILENT: RawAnswer = { error: 'The rule gave no answer.' };

/** Entrypoint of a part of one rule. */
export function entrypointOf(rule: string, part: 'deny' | 'applies'): string {
  return `waymark/rules/${rule.replaceAll('-', '_')}/${part}`;
}

/** The report of all rules as an engine hands it over, or why it is none. */
export function readReport(
  result: unknown,
  rules: readonly string[],
): RawReport {
  const answers = isObject(result) ? result : {};
  return Object.fromEntries(
    rules.map(rule => {
      const answer = answers[rule];
      return [rule, isObject(answer) ? readAnswer(answer) : SILENT];
    }),
  );
}

/** The report where no rule could be asked. */
export function silent(rules: readonly string[], error: string): RawReport {
  return Object.fromEntries(rules.map(rule => [rule, { error }]));
}

/** One rule's answer; undefined is none. */
export function readAnswer({
  deny,
  applies,
}: {
  deny?: unknown;
  applies?: unknown;
}): RawAnswer {
  if (!Array.isArray(deny) || typeof applies !== 'boolean') return SILENT;
  return { deny, applies };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
