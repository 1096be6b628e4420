import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import {
  apiEntityV1alpha1Validator,
  componentEntityV1alpha1Validator,
  DefaultNamespaceEntityPolicy,
  domainEntityV1alpha1Validator,
  Entity,
  EntityPolicies,
  FieldFormatEntityPolicy,
  getCompoundEntityRef,
  groupEntityV1alpha1Validator,
  KindValidator,
  locationEntityV1alpha1Validator,
  NoForeignRootFieldsEntityPolicy,
  parseEntityRef,
  resourceEntityV1alpha1Validator,
  SchemaValidEntityPolicy,
  stringifyEntityRef,
  systemEntityV1alpha1Validator,
  userEntityV1alpha1Validator,
} from '@backstage/catalog-model';
import { loadSampleCompany, renderRepositories } from '.';
import {
  CATALOG_DIR,
  entitiesOf,
  headOf,
  SAMPLE_DIR,
  snapshots,
} from './__testUtils__/sample';

const policy = EntityPolicies.allOf([
  new SchemaValidEntityPolicy(),
  new DefaultNamespaceEntityPolicy(),
  new NoForeignRootFieldsEntityPolicy(),
  new FieldFormatEntityPolicy(),
]);

const validators: Record<string, KindValidator> = {
  API: apiEntityV1alpha1Validator,
  Component: componentEntityV1alpha1Validator,
  Domain: domainEntityV1alpha1Validator,
  Group: groupEntityV1alpha1Validator,
  Location: locationEntityV1alpha1Validator,
  Resource: resourceEntityV1alpha1Validator,
  System: systemEntityV1alpha1Validator,
  User: userEntityV1alpha1Validator,
};

/** What the catalog says against an entity: envelope, fields, then its kind. */
async function problemsOf(
  entity: Entity,
  files: Record<string, string> = {},
): Promise<string[]> {
  const ref = stringifyEntityRef(entity);
  const resolved = structuredClone(entity);
  const definition = entity.spec?.definition;
  if (resolved.spec && definition && typeof definition === 'object') {
    const path = posix.normalize(
      String((definition as { $text: string }).$text),
    );
    resolved.spec.definition = files[path];
  }
  try {
    await policy.enforce(resolved);
    const isKnown = await validators[entity.kind].check(resolved);
    return isKnown ? [] : [`${ref}: of another kind`];
  } catch (error) {
    return [`${ref}: ${error}`];
  }
}

/** Follows Location targets, as the catalog does, and collects all entities. */
function readLocation(file: string, seen: Set<string>): Entity[] {
  seen.add(file);
  return entitiesOf(readFileSync(file, 'utf8')).flatMap(entity => {
    if (entity.kind !== 'Location') return [entity];
    const targets = entity.spec?.targets as string[];
    const next = targets.map(target => join(dirname(file), target));
    return [entity, ...next.flatMap(target => readLocation(target, seen))];
  });
}

function yamlFiles(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap(entry => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return yamlFiles(path);
    return entry.name.endsWith('.yaml') ? [path] : [];
  });
}

const company = loadSampleCompany(SAMPLE_DIR);
const repositories = renderRepositories(company, {
  now: new Date('2026-11-20T12:00:00Z'),
  owner: 'tidewater',
  portalUrl: 'http://localhost:7007',
});
const reached = new Set<string>();
const organisation = readLocation(join(CATALOG_DIR, 'all.yaml'), reached);
const discovered = repositories.flatMap(repository =>
  entitiesOf(headOf(repository)['catalog-info.yaml']),
);
const all = [...organisation, ...discovered];
const known = new Set(all.map(entity => stringifyEntityRef(entity)));
const ofKind = (kind: string) => all.filter(entity => entity.kind === kind);
const teams = ofKind('Group').filter(group => group.spec?.type === 'team');

describe('the organisation in catalog/', () => {
  it('is valid', async () => {
    const problems = await Promise.all(organisation.map(it => problemsOf(it)));
    expect(problems.flat()).toEqual([]);
  });

  it('is reached as a whole from all.yaml, through files that exist', () => {
    expect([...reached].every(file => existsSync(file))).toBe(true);
    expect([...reached].sort()).toEqual(yamlFiles(CATALOG_DIR).sort());
  });

  it('says of each team where to reach it and of each person where they belong', () => {
    for (const group of ofKind('Group')) {
      const types = group.metadata.links?.map(link => link.type);
      expect(types).toContain('chat');
      expect(group.spec?.profile).toMatchObject({
        displayName: expect.any(String),
        email: expect.stringMatching(/@tidewater\.example$/),
      });
    }
    for (const team of teams) {
      const types = team.metadata.links?.map(link => link.type);
      expect(types).toContain('on-call');
      expect(team.metadata.annotations).toHaveProperty(
        ['pagerduty.com/service-id'],
        expect.any(String),
      );
    }
    for (const user of ofKind('User')) {
      expect(user.spec?.memberOf).not.toEqual([]);
    }
  });

  it('agrees with company.yaml on people, teams and departments', () => {
    const people = ofKind('User').map(({ metadata, spec }) => [
      metadata.name,
      (spec?.profile as { displayName: string }).displayName,
    ]);
    expect(Object.fromEntries(people)).toEqual(company.organisation.people);

    expect(teams.map(team => [team.metadata.name, team.spec?.parent])).toEqual(
      expect.arrayContaining(
        Object.entries(company.organisation.teams).map(([name, team]) => [
          name,
          team.department,
        ]),
      ),
    );
    expect(teams).toHaveLength(Object.keys(company.organisation.teams).length);
  });
});

describe('the repositories', () => {
  it('have a valid catalog-info.yaml after every commit', async () => {
    const problems = await Promise.all(
      repositories
        .flatMap(snapshots)
        .flatMap(files =>
          entitiesOf(files['catalog-info.yaml']).map(it =>
            problemsOf(it, files),
          ),
        ),
    );
    expect(problems.length).toBeGreaterThan(repositories.length * 3);
    expect(problems.flat()).toEqual([]);
  });

  it('describe themselves with absolute links and their own slug', () => {
    for (const { metadata } of ofKind('Component')) {
      expect(metadata.annotations).toHaveProperty(
        ['github.com/project-slug'],
        `tidewater/${metadata.name}`,
      );
      for (const link of metadata.links ?? []) {
        expect(new URL(link.url).protocol).toMatch(/^https?:$/);
        expect(link.type).toMatch(/^(dashboard|runbook|health|chat)$/);
      }
    }
  });
});

describe('together', () => {
  it('no two entities share a name', () => {
    expect(known.size).toBe(all.length);
  });

  it('is at least as large as a company that makes sense', () => {
    const count = (kind: string) => ofKind(kind).length;
    expect(teams.length).toBeGreaterThanOrEqual(8);
    expect(count('User')).toBeGreaterThanOrEqual(24);
    expect(count('Domain')).toBeGreaterThanOrEqual(3);
    expect(count('System')).toBeGreaterThanOrEqual(7);
    expect(count('Resource')).toBeGreaterThanOrEqual(12);
    expect(count('Component')).toBeGreaterThanOrEqual(32);
    expect(count('API')).toBeGreaterThanOrEqual(14);
    expect(new Set(ofKind('API').map(api => api.spec?.type))).toEqual(
      new Set(['openapi', 'asyncapi', 'grpc', 'graphql']),
    );
    expect(
      new Set(ofKind('Component').map(component => component.spec?.lifecycle)),
    ).toEqual(new Set(['production', 'experimental', 'deprecated']));
  });

  it('has no reference that leads nowhere', () => {
    const dangling = all.flatMap(entity =>
      referencesOf(entity)
        .filter(ref => !known.has(ref))
        .map(ref => `${stringifyEntityRef(entity)} -> ${ref}`),
    );
    expect(dangling).toEqual([]);
  });

  it('leaves no system, resource or API unused', () => {
    const used = new Set(all.flatMap(referencesOf));
    const idle = all
      .filter(({ kind }) => ['System', 'Resource'].includes(kind))
      .map(entity => stringifyEntityRef(entity))
      .filter(
        ref => !used.has(ref) && ref !== 'resource:default/staging-cluster',
      );
    expect(idle).toEqual([]);
  });

  it('depends on nothing in a circle', () => {
    const edges = new Map(
      all.map(entity => [
        stringifyEntityRef(entity),
        refs(entity, 'dependsOn', 'component'),
      ]),
    );
    const state = new Map<string, 'open' | 'done'>();
    const circles: string[] = [];
    const visit = (ref: string, path: string[]) => {
      if (state.get(ref) === 'done') return;
      if (state.get(ref) === 'open') {
        circles.push([...path, ref].join(' -> '));
        return;
      }
      state.set(ref, 'open');
      for (const next of edges.get(ref) ?? []) visit(next, [...path, ref]);
      state.set(ref, 'done');
    };
    for (const ref of edges.keys()) visit(ref, []);
    expect(circles).toEqual([]);
  });

  it('leads from checkout over payments and fulfilment to delivery', () => {
    const component = (name: string) =>
      discovered.find(
        ({ kind, metadata }) => kind === 'Component' && metadata.name === name,
      )?.spec;
    expect(component('checkout-service')?.consumesApis).toEqual(
      expect.arrayContaining(['payments-api', 'orders-api']),
    );
    expect(component('order-service')?.consumesApis).toEqual(
      expect.arrayContaining(['payments-events', 'warehouse-api']),
    );
    expect(component('dispatch-service')?.consumesApis).toEqual(
      expect.arrayContaining(['orders-events', 'routing-api']),
    );
  });
});

function referencesOf(entity: Entity): string[] {
  const { namespace } = getCompoundEntityRef(entity);
  expect(namespace).toBe('default');
  const successor = entity.metadata.annotations?.['waymark.dev/successor'];
  return [
    ...refs(entity, 'owner', 'group'),
    ...refs(entity, 'system', 'system'),
    ...refs(entity, 'domain', 'domain'),
    ...refs(entity, 'parent', 'group'),
    ...refs(entity, 'children', 'group'),
    ...refs(entity, 'memberOf', 'group'),
    ...refs(entity, 'providesApis', 'api'),
    ...refs(entity, 'consumesApis', 'api'),
    ...refs(entity, 'dependsOn', 'component'),
    ...refs(entity, 'dependencyOf', 'component'),
    ...(successor ? [successor] : []),
  ];
}

function refs(entity: Entity, field: string, kind: string): string[] {
  return [entity.spec?.[field] ?? []].flat().map(value =>
    stringifyEntityRef(
      parseEntityRef(String(value), {
        defaultKind: kind,
        defaultNamespace: 'default',
      }),
    ),
  );
}
