import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { InputError } from '@backstage/errors';
import { Document, isScalar, parse, Scalar, visit } from 'yaml';
import { z } from 'zod';
import { Decided } from './fromPortal';

const FILE = 'policies/exemptions.yaml';
const TRIAL = /^#[ \t]+trial:[ \t]*true[ \t]*\r?\n/m;

/** An exemption as the file has it. */
const entrySchema = z.object({
  rule: z.string(),
  service: z.string(),
  until: z.string(),
  reason: z.string().optional(),
});
export type Entry = z.infer<typeof entrySchema>;

/** What of `policies/` is not what the portal has decided. */
export interface Pulled {
  added: Entry[];
  changed: Entry[];
  removed: Entry[];
  /** Rules whose `trial: true` goes. */
  promoted: string[];
  /** Of rules that this checkout does not have; left out. */
  unknown: string[];
  /** New texts by path below the checkout. */
  files: Map<string, string>;
}

/**
 * Compares `policies/` of a checkout with what a portal has decided.
 *
 * @throws InputError where the file of exemptions is no list of them
 */
export function comparePolicies(root: string, decided: Decided): Pulled {
  const has = (rule: string) =>
    /^[a-z0-9-]+$/.test(rule) && existsSync(ruleFile(root, rule));
  const path = join(root, FILE);
  const text = existsSync(path) ? readFileSync(path, 'utf8') : '';
  const before = entriesOf(text);
  const now = decided.exemptions
    .filter(({ rule }) => has(rule))
    .map(({ rule, service, until, reason }) => ({
      rule,
      service,
      until,
      ...(reason && { reason }),
    }))
    .sort((one, other) => compare(keyOf(one), keyOf(other)));
  const old = new Map(before.map(entry => [keyOf(entry), entry]));
  const kept = new Set(now.map(keyOf));
  const pulled: Pulled = {
    added: now.filter(entry => !old.has(keyOf(entry))),
    changed: now.filter(entry => {
      const was = old.get(keyOf(entry));
      return was && (was.until !== entry.until || was.reason !== entry.reason);
    }),
    removed: before.filter(entry => !kept.has(keyOf(entry))),
    promoted: [],
    unknown: [
      ...new Set(
        [...decided.exemptions.map(({ rule }) => rule), ...decided.promoted]
          .filter(rule => !has(rule))
          .sort(),
      ),
    ],
    files: new Map(),
  };
  const { added, changed, removed, promoted, files } = pulled;
  if (added.length + changed.length + removed.length > 0) {
    files.set(FILE, `${headOf(text)}${listOf(now)}`);
  }
  for (const rule of [...new Set(decided.promoted)].filter(has).sort()) {
    const rego = readFileSync(ruleFile(root, rule), 'utf8');
    // The metadata stands above the package.
    const end = rego.search(/^package /m);
    const head = rego.slice(0, end).replace(TRIAL, '');
    if (head.length === end) continue;
    promoted.push(rule);
    files.set(`policies/${rule}/rule.rego`, head + rego.slice(end));
  }
  return pulled;
}

/** Writes what is different. */
export function writePolicies(root: string, { files }: Pulled): void {
  for (const [file, text] of files) writeFileSync(join(root, file), text);
}

function ruleFile(root: string, rule: string): string {
  return join(root, 'policies', rule, 'rule.rego');
}

function entriesOf(text: string): Entry[] {
  let listed: unknown;
  try {
    listed = parse(text) ?? [];
  } catch (error) {
    throw new InputError(`${FILE}: ${(error as Error).message}`);
  }
  const { data, error } = z.array(entrySchema).safeParse(listed);
  if (data) return data;
  const [{ path, message }] = error!.issues;
  throw new InputError(`${FILE}: ${path.join('.') || 'it'}: ${message}`);
}

/** Days in quotes: to some readers of YAML they are instants without. */
function listOf(entries: readonly Entry[]): string {
  const document = new Document(entries);
  visit(document, {
    Pair: (_, { key, value }) => {
      if (isScalar(key) && key.value === 'until' && isScalar(value)) {
        value.type = Scalar.QUOTE_SINGLE;
      }
    },
  });
  return document.toString({ lineWidth: 0 });
}

/** The comment that a file begins with. */
function headOf(text: string): string {
  return /^(?:(?:#[^\n]*)?\r?\n)*/.exec(text)![0];
}

/** What there is one of: rules and components have no space in their names. */
function keyOf({ rule, service }: Entry): string {
  return `${rule} ${service}`;
}

function compare(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
