import {
  Facts,
  Finding,
  Part,
} from '@waymark/backstage-plugin-compliance-common';
import { z } from 'zod';
import {
  Place,
  placeInTemplate,
  placeOf,
  placeOfField,
  YamlFile,
} from './place';

/** What a rule says of one place that breaks it. */
const denialSchema = z.object({
  msg: z.string().min(1),
  file: z.string().optional(),
  document: z.number().int().min(0).optional(),
  path: z.array(z.union([z.string(), z.number()])).optional(),
  line: z.number().int().positive().optional(),
  value: z.union([z.string(), z.number(), z.boolean()]).optional(),
  kind: z.string().optional(),
  name: z.string().optional(),
  environment: z.string().optional(),
});

type Denial = z.infer<typeof denialSchema>;

const MOST_FINDINGS = 100;

/** Turns what rules say of a component into findings with their lines. */
export class Findings {
  private readonly texts = new Map<string, YamlFile | undefined>();

  constructor(private readonly facts: Facts) {}

  /**
   * @param input - the part of the facts that the rule reads
   * @throws Error where the rule blames a file that could not be read, or does
   *   not say what a rule must
   */
  of(deny: readonly unknown[], input: Part): Finding[] {
    const denials = deny.map(entry => {
      const parsed = denialSchema.safeParse(entry);
      if (!parsed.success) {
        throw new Error('The rule answered in words that nobody reads.');
      }
      return parsed.data;
    });
    if (input === 'repository') this.refuseUnreadable(denials);
    const findings = this.merged(denials).sort(
      (one, other) =>
        compare(one.file ?? '', other.file ?? '') ||
        (one.line ?? 0) - (other.line ?? 0) ||
        compare(one.message, other.message),
    );
    const rest = findings.length - MOST_FINDINGS;
    if (rest <= 0) return findings;
    const more = { message: `and ${rest} more like these` };
    return [...findings.slice(0, MOST_FINDINGS), more];
  }

  /** What is missing in a file that could not be read may well be in it. */
  private refuseUnreadable(denials: readonly Denial[]): void {
    for (const { file = '' } of denials) {
      const { error } = this.file(file) ?? {};
      if (error) throw new Error(`${file} ${error}`);
    }
  }

  /** One finding where several environments have the same. */
  private merged(denials: readonly Denial[]): Finding[] {
    const all = this.facts.manifest?.releases.length ?? 0;
    const merged = new Map<string, { finding: Finding; names: Set<string> }>();
    for (const denial of denials) {
      const finding = this.finding(denial);
      const key = JSON.stringify(finding);
      const entry = merged.get(key) ?? { finding, names: new Set() };
      merged.set(key, entry);
      if (denial.environment) entry.names.add(denial.environment);
    }
    return [...merged.values()].map(({ finding, names }) =>
      names.size === 0 || names.size === all
        ? finding
        : {
            ...finding,
            message: `${[...names].sort().join(', ')}: ${finding.message}`,
          },
    );
  }

  private finding(denial: Denial): Finding {
    const { msg, value } = denial;
    return {
      message: msg.slice(0, 1000),
      ...(denial.kind === undefined
        ? this.placeInRepository(denial)
        : this.placeOfManifest(denial)),
      ...(value !== undefined && { value: String(value).slice(0, 200) }),
    };
  }

  private placeInRepository({
    file,
    document,
    path,
    line,
  }: Denial): Pick<Finding, 'file' | 'line'> {
    if (file === undefined) return {};
    if (line !== undefined) return { file, line };
    const yaml = this.text(file);
    if (!yaml || !path || file.endsWith('.toml')) return { file };
    return placeOf([yaml], path, document);
  }

  /** In the object's own manifest or template, or else in the chart's values. */
  private placeOfManifest({
    kind,
    name,
    path = [],
    environment,
  }: Denial): Pick<Finding, 'file' | 'line'> {
    const releases = this.facts.manifest?.releases ?? [];
    const release =
      releases.find(one => one.environment === environment) ?? releases[0];
    if (!release) return {};
    const index = release.objects.findIndex(
      object =>
        object.kind === kind &&
        (object.metadata as { name?: unknown } | undefined)?.name === name,
    );
    const template = this.text(release.templates?.[index] ?? '');
    if (template) {
      return (
        this.placeInManifest(template, { kind, name }, path) ??
        placeInTemplate(template, path)
      );
    }
    const values = (release.values ?? [])
      .map(file => this.text(file))
      .filter(file => file !== undefined);
    return values.length > 0 ? placeOfField(values, path) : {};
  }

  /** Undefined where the file is a template, which is no YAML yet. */
  private placeInManifest(
    template: YamlFile,
    wanted: { kind?: string; name?: string },
    path: readonly (string | number)[],
  ): Place | undefined {
    const documents = this.file(template.file)?.documents;
    if (!documents) return undefined;
    const isWanted = (value: unknown) => {
      const { kind, metadata } = (value ?? {}) as Record<string, unknown>;
      const { name } = (metadata ?? {}) as { name?: unknown };
      return kind === wanted.kind && name === wanted.name;
    };
    for (const [index, document] of documents.entries()) {
      if (isWanted(document)) return placeOf([template], path, index);
      const { items } = (document ?? {}) as { items?: unknown };
      const item = Array.isArray(items) ? items.findIndex(isWanted) : -1;
      if (item >= 0)
        return placeOf([template], ['items', item, ...path], index);
    }
    return undefined;
  }

  private file(path: string) {
    return this.facts.repository?.files.find(file => file.path === path);
  }

  private text(path: string): YamlFile | undefined {
    if (!this.texts.has(path)) {
      const text = this.file(path)?.text;
      this.texts.set(
        path,
        text === undefined ? undefined : { file: path, text },
      );
    }
    return this.texts.get(path);
  }
}

function compare(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
