import { PARTS } from '@waymark/backstage-plugin-compliance-common';
import { KUBERNETES_KINDS } from './kubernetesKinds';
import { Opa } from './opa';
import { Sources } from './sources';

const FACTS = 'lib/facts.rego';
/** Says where a finding is, and decides nothing. */
const PLACE = `${FACTS} entity_place`;

/** What a rule looks at, told from its syntax tree. */
export interface Reach {
  /** Kinds of objects that it can refuse, sorted. */
  kinds: string[];
  /** It compares objects, and needs all of a release. */
  needsRelease: boolean;
  /** Settings that it reads, sorted. */
  settings: string[];
  /** Parts of the facts that it reads and, after a dot, what of them; sorted. */
  facts: string[];
}

type Json = { [key: string]: Json } | Json[] | string | number | boolean | null;

interface Definition {
  head: { name: string };
}

interface Module {
  /** Alias to module of `lib/`. */
  imports: ReadonlyMap<string, string>;
  definitions: ReadonlyMap<string, readonly Json[]>;
}

/** A rule or a function: file and name. */
type Place = readonly [file: string, name: string];

/** Follows rules of Rego through what they refer to. */
export class RuleReach {
  private constructor(private readonly modules: ReadonlyMap<string, Module>) {}

  static async read(opa: Opa, { files }: Sources): Promise<RuleReach> {
    const modules = new Map<string, Module>();
    for (const file of files) {
      const tree = await opa(['parse', '--format', 'json', file]);
      modules.set(file, moduleOf(JSON.parse(tree)));
    }
    return new RuleReach(modules);
  }

  of(rule: string): Reach {
    const start: Place = [`${rule}/rule.rego`, 'deny'];
    const reached = this.reachedFrom(start);
    return {
      kinds: [...this.kindsOf(start, new Set())].sort(),
      needsRelease: reached.has('lib/manifest.rego is_release'),
      settings: [...reached]
        .map(place => place.split(' '))
        .filter(([file]) => file === 'lib/settings.rego')
        .map(([, name]) => name)
        .sort(),
      facts: [...this.factsOf(this.reachedFrom(start, PLACE))].sort(),
    };
  }

  /** `slo`, or `catalog.owner` where something of a part is named. */
  private factsOf(reached: ReadonlySet<string>): Set<string> {
    const facts = new Set<string>();
    for (const place of reached) {
      const [file, name] = place.split(' ');
      for (const node of this.definitions([file, name]).flatMap(nodesOf)) {
        const [of, part] = this.placeOf(node, file) ?? [];
        if (of !== FACTS || !PARTS.some(one => one === part)) continue;
        const { type, value } = term(node);
        const steps = type === 'ref' ? (value as Json[]).map(term) : [];
        const next = steps[file === FACTS ? 1 : 2];
        facts.add(next?.type === 'string' ? `${part}.${next.value}` : part!);
      }
    }
    return facts;
  }

  /** Everything that a rule needs, itself included, as `file name`. */
  private reachedFrom(start: Place, except?: string): Set<string> {
    const reached = new Set([start.join(' ')]);
    for (const place of reached) {
      const [file, name] = place.split(' ');
      for (const definition of this.definitions([file, name])) {
        for (const node of nodesOf(definition)) {
          const next = this.placeOf(node, file);
          const found = next?.join(' ');
          if (found && found !== except) reached.add(found);
        }
      }
    }
    return reached;
  }

  /**
   * Kinds that a rule names itself; where it names none, those of what it is
   * made of. What it says an object is not is taken away.
   */
  private kindsOf(place: Place, seen: Set<string>): Set<string> {
    const key = place.join(' ');
    if (seen.has(key)) return new Set();
    const kinds = new Set<string>();
    for (const definition of this.definitions(place)) {
      const walked = new Set([...seen, key]);
      const { said, denied } = partsOf(definition);
      const own = said.flatMap(kindNamed);
      const found =
        own.length > 0 ? own : this.kindsBehind(said, place[0], walked);
      const not = new Set([
        ...denied.flatMap(kindNamed),
        ...this.kindsBehind(denied, place[0], walked),
      ]);
      found.filter(kind => !not.has(kind)).forEach(kind => kinds.add(kind));
    }
    return kinds;
  }

  private kindsBehind(nodes: Json[], file: string, seen: Set<string>) {
    return nodes
      .map(node => this.placeOf(node, file))
      .filter(place => place !== undefined)
      .flatMap(place => [...this.kindsOf(place, seen)]);
  }

  private definitions([file, name]: Place): readonly Json[] {
    return this.modules.get(file)?.definitions.get(name) ?? [];
  }

  /** Where what a term refers to is defined. */
  private placeOf(node: Json, file: string): Place | undefined {
    const { type, value } = term(node);
    const module = this.modules.get(file)!;
    const [first, second] = type === 'ref' ? (value as Json[]).map(term) : [];
    const name = type === 'var' ? value : first?.value;
    if (typeof name !== 'string') return undefined;
    if (module.definitions.has(name)) return [file, name];
    const library = module.imports.get(name);
    if (!library || typeof second?.value !== 'string') return undefined;
    return [`lib/${library}.rego`, second.value];
  }
}

function moduleOf(tree: { imports?: Json[]; rules?: Definition[] }): Module {
  const imports = new Map<string, string>();
  for (const entry of tree.imports ?? []) {
    const { path, alias } = entry as { path: Json; alias?: string };
    const parts = (term(path).value as Json[]).map(part => term(part).value);
    if (parts.slice(0, 3).join('.') === 'data.waymark.lib') {
      imports.set(alias ?? String(parts[3]), String(parts[3]));
    }
  }
  const definitions = new Map<string, Json[]>();
  for (const rule of tree.rules ?? []) {
    const { name } = rule.head;
    const all = definitions.get(name) ?? [];
    definitions.set(name, [...all, rule as unknown as Json]);
  }
  return { imports, definitions };
}

/** Nodes of a rule, those apart that say which kind an object is not. */
function partsOf(definition: Json): { said: Json[]; denied: Json[] } {
  const said: Json[] = [];
  const denied: Json[] = [];
  const walk = (node: Json, into: Json[]) => {
    const target = isDenial(node) ? denied : into;
    // What else is not so tells nothing about the kind.
    if (target === into && isNegated(node)) return;
    target.push(node);
    childrenOf(node).forEach(child => walk(child, target));
  };
  walk(definition, said);
  return { said, denied };
}

function isNegated(node: Json): boolean {
  return isObject(node) && node.negated === true;
}

/** `not x.kind in {…}`, `not table[x.kind]` or `x.kind != "…"`. */
function isDenial(node: Json): boolean {
  if (!isObject(node) || !('terms' in node)) return false;
  const { terms } = node;
  const { value } = term(Array.isArray(terms) ? terms[0] : null);
  const isUnequal =
    Array.isArray(value) &&
    value.length === 1 &&
    term(value[0]).value === 'neq';
  if (!isUnequal && node.negated !== true) return false;
  return nodesOf(terms).some(part => {
    const { type, value: path } = term(part);
    if (type !== 'ref') return false;
    return term((path as Json[]).at(-1)!).value === 'kind';
  });
}

function kindNamed(node: Json): string[] {
  const { type, value } = term(node);
  return type === 'string' && String(value) in KUBERNETES_KINDS
    ? [String(value)]
    : [];
}

function nodesOf(node: Json): Json[] {
  return [node, ...childrenOf(node).flatMap(nodesOf)];
}

function childrenOf(node: Json): Json[] {
  if (typeof node !== 'object' || node === null) return [];
  return Object.values(node);
}

function term(node: Json): { type?: Json; value?: Json } {
  return isObject(node) ? node : {};
}

function isObject(node: Json): node is { [key: string]: Json } {
  return typeof node === 'object' && node !== null && !Array.isArray(node);
}
