import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';

/** A Kubernetes object, or a document of facts. */
export type Document = {
  apiVersion: string;
  kind: string;
  metadata?: Record<string, unknown>;
  [field: string]: unknown;
};

/** A file of a rule's `good/` or `bad/`. */
export interface Example {
  rule: string;
  kind: 'good' | 'bad';
  /** Name of the file, without its end. */
  name: string;
  /** Below `policies/`. */
  file: string;
  /** What is in it, lists taken apart. */
  documents: Document[];
}

/** The examples of some rules. */
export function readExamples(
  policies: string,
  rules: readonly string[],
): Example[] {
  return rules.flatMap(rule =>
    (['good', 'bad'] as const).flatMap(kind => {
      const folder = join(policies, rule, kind);
      if (!existsSync(folder)) return [];
      return readdirSync(folder)
        .filter(name => /\.ya?ml$/.test(name))
        .sort()
        .map(name => ({
          rule,
          kind,
          name: name.replace(/\.ya?ml$/, ''),
          file: `${rule}/${kind}/${name}`,
          documents: documentsOf(readFileSync(join(folder, name), 'utf8')),
        }));
    }),
  );
}

function documentsOf(text: string): Document[] {
  return parseAllDocuments(text)
    .map(document => document.toJS() as Document | null)
    .filter(document => document !== null)
    .flatMap(document =>
      document.kind === 'List' ? (document.items as Document[]) : [document],
    );
}
