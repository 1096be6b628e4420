import { ConflictError } from '@backstage/errors';
import { isMap, isScalar, isSeq, parseAllDocuments } from 'yaml';
import { editYaml, YamlEdit } from './editYaml';
import { Denial, Fix, FixCase, Proposal } from './Fix';
import { asYaml, isReplaced } from './goTemplate';
import { missingQuantities, Quantity, Resources } from './quantities';

const COMMENT =
  'A beginning, not measured: adjust it to what the service needs.';

type Path = YamlEdit['path'];
type Release = NonNullable<FixCase['facts']['manifest']>['releases'][number];

/** A container that lacks something. */
interface Container {
  release: Release;
  object: Record<string, unknown>;
  /** The repository's file of the object; none for a dependency's. */
  file: string | undefined;
  /** In the object. */
  path: Path;
  name: string;
  missing: Quantity[];
}

/** Values to be written to a file. */
interface Change {
  file: string;
  document: number;
  path: Path;
  missing: Quantity[];
}

/** Writes what containers lack, into a manifest or the chart's values. */
export const resourceLimits: Fix = {
  title: component => `Request and limit the CPU and memory of ${component}`,
  propose(about) {
    const containers = containersOf(about);
    const own = containers.filter(({ file }) => file !== undefined);
    const changes = own.map(container => changeOf(about, container));
    const borrowed = containers.filter(({ file }) => file === undefined);
    const note =
      'The numbers are a beginning and not measured: look at what the service takes, and adjust them before you merge.';
    const places = borrowed.length > 0 ? valuesOf(about, borrowed[0]) : [[]];
    return places.map((path): Proposal => {
      const all = [...changes];
      if (borrowed.length > 0) {
        all.push({
          file: valuesFile(borrowed[0].release),
          document: 0,
          path,
          missing: union(borrowed.map(({ missing }) => missing)),
        });
      }
      return { files: written(about, all), notes: [note] };
    });
  },
};

function containersOf({ denials, facts }: FixCase): Container[] {
  const releases = facts.manifest?.releases ?? [];
  const found = new Map<string, Container>();
  for (const denial of denials) {
    const container = containerOf(denial, releases);
    if (!container) continue;
    const { file, object, path, missing } = container;
    const { kind, metadata } = object as Denial & { metadata?: Denial };
    const key = JSON.stringify([file, kind, metadata?.name, path]);
    const known = found.get(key);
    found.set(key, {
      ...container,
      missing: union([known?.missing ?? [], missing]),
    });
  }
  if (found.size === 0) {
    throw new ConflictError('Nothing says where the containers are written.');
  }
  return [...found.values()];
}

function containerOf(
  { kind, name, environment, path = [] }: Denial,
  releases: readonly Release[],
): Container | undefined {
  const release =
    releases.find(one => one.environment === environment) ?? releases[0];
  const index = release?.objects.findIndex(
    object =>
      object.kind === kind &&
      ((object.metadata as Denial | undefined)?.name ?? '') === (name ?? ''),
  );
  if (!release || index === undefined || index < 0) return undefined;
  const object = release.objects[index];
  // …, resources, limits, memory
  const at = path.slice(0, -3);
  const container = at.reduce<unknown>(
    (value, step) => (value as Record<string | number, unknown>)?.[step],
    object,
  ) as { name?: string; resources?: Resources } | undefined;
  return {
    release,
    object,
    file: release.templates?.[index] ?? undefined,
    path: at,
    name: container?.name ?? '',
    missing: missingQuantities(container?.resources ?? {}),
  };
}

/** In the values where the template takes them from there, else in itself. */
function changeOf(about: FixCase, container: Container): Change {
  const { file = '', missing, release } = container;
  const text = about.files.text(file);
  if (text === undefined) {
    throw new ConflictError(
      `${file} is not read, and has to be changed by hand.`,
    );
  }
  const place = find(text, container);
  if (!place) {
    throw new ConflictError(
      `Where ${file} writes the container ${container.name} cannot be told: change it by hand.`,
    );
  }
  const written_ = text.slice(place.start, place.end);
  const [, values] =
    /\.Values\.((?:[A-Za-z0-9_]+\.)*[A-Za-z0-9_]*resources)\b/i.exec(
      written_,
    ) ?? [];
  return values
    ? {
        file: valuesFile(release),
        document: 0,
        path: values.split('.'),
        missing,
      }
    : {
        file,
        document: place.document,
        path: [...place.path, 'resources'],
        missing,
      };
}

/** The container in the file, by kind, name and the container's own name. */
function find(
  text: string,
  { object, path, name }: Container,
): { document: number; path: Path; start: number; end: number } | undefined {
  const shape = asYaml(text);
  let documents;
  try {
    documents = parseAllDocuments(shape, { logLevel: 'error' });
  } catch {
    return undefined;
  }
  const found = [];
  for (const [document, { contents }] of documents.entries()) {
    for (const base of itemsOf(contents)) {
      if (!isWanted(base.node, object)) continue;
      const list = isMap(base.node) && base.node.getIn(path.slice(0, -1), true);
      const last = path[path.length - 1];
      const candidates = isSeq(list)
        ? list.items.map((node, index) => ({ node, step: index }))
        : [
            {
              node: isMap(list) ? list.get(String(last), true) : null,
              step: last,
            },
          ];
      const own =
        candidates.find(
          ({ node }) => isMap(node) && node.get('name') === name,
        ) ??
        candidates.find(
          ({ node, step }) =>
            isMap(node) &&
            step === last &&
            (!isSeq(list) || isReplaced(node.get('name'))),
        );
      const range = isMap(own?.node) ? own.node.range : undefined;
      if (own && range) {
        found.push({
          document,
          path: [...base.path, ...path.slice(0, -1), own.step],
          start: range[0],
          end: range[2] + steering(shape.slice(range[2])),
        });
      }
    }
  }
  return found.length === 1 ? found[0] : undefined;
}

/** How long the lines are that Helm fills in at the end of a container. */
function steering(rest: string): number {
  return /^(?:[ \t]*#x+[ \t]*\r?(?:\n|$))*/.exec(rest)![0].length;
}

function itemsOf(contents: unknown): { node: unknown; path: Path }[] {
  const items = isMap(contents) && contents.get('items');
  if (!isMap(contents) || contents.get('kind') !== 'List' || !isSeq(items)) {
    return [{ node: contents, path: [] }];
  }
  return items.items.map((node, index) => ({ node, path: ['items', index] }));
}

function isWanted(node: unknown, object: Record<string, unknown>): boolean {
  if (!isMap(node) || node.get('kind') !== object.kind) return false;
  const name = node.getIn(['metadata', 'name']);
  const wanted = (object.metadata as Denial | undefined)?.name;
  return name === wanted || isReplaced(name);
}

function valuesFile({ values = [] }: Release): string {
  const file = values[values.length - 1];
  if (!file) {
    throw new ConflictError(
      'The chart has no values file, and its containers come from a chart it depends on.',
    );
  }
  return file;
}

/** Where a chart that is depended on may take resources from. */
function valuesOf({ facts, files }: FixCase, { release }: Container): Path[] {
  const file = valuesFile(release);
  const [values] = documentsOf(facts, file);
  const found: Path[] = [];
  const visit = (value: unknown, path: Path) => {
    if (path.length > 6 || typeof value !== 'object' || value === null) return;
    for (const [key, inner] of Object.entries(value)) {
      if (key === 'resources') found.push([...path, key]);
      else visit(inner, [...path, key]);
    }
  };
  visit(values, []);
  const chart = [...files.paths].find(path => /(^|\/)Chart\.yaml$/.test(path));
  const [about] = chart ? documentsOf(facts, chart) : [];
  const { dependencies } = (about ?? {}) as {
    dependencies?: { name?: string; alias?: string }[];
  };
  for (const { name, alias = name } of dependencies ?? []) {
    if (alias) found.push([alias, 'resources']);
  }
  return found.slice(0, 8);
}

function documentsOf({ repository }: FixCase['facts'], file: string) {
  return repository?.files.find(({ path }) => path === file)?.documents ?? [];
}

function written({ files }: FixCase, changes: Change[]): Map<string, string> {
  const texts = new Map<string, string>();
  for (const { file, document, path, missing } of changes) {
    let commented = false;
    for (const { part, resource, value } of missing) {
      const before = texts.get(file) ?? files.text(file) ?? '';
      const at = [...path, part, resource];
      if (isThere(before, document, at)) continue;
      const after = editYaml(
        file,
        before,
        {
          document,
          path: at,
          value,
          after: part === 'limits' ? ['requests'] : [],
          ...(!commented && { comment: COMMENT }),
        },
        asYaml(before),
      );
      commented = true;
      texts.set(file, after);
    }
  }
  return texts;
}

/** What one environment lacks another may have, and so may the values. */
function isThere(text: string, document: number, path: Path): boolean {
  const value = parseAllDocuments(asYaml(text))[document]?.getIn(path, true);
  return isScalar(value) && value.value !== null && value.value !== '';
}

function union(lists: readonly (readonly Quantity[])[]): Quantity[] {
  const all = new Map<string, Quantity>();
  for (const quantity of lists.flat()) {
    const key = `${quantity.part} ${quantity.resource}`;
    if (!all.has(key)) all.set(key, quantity);
  }
  return [...all.values()];
}
