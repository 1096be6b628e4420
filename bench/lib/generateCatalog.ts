import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { work } from './paths';

const DOMAINS = 10;
const SYSTEMS_PER_DOMAIN = 10;
const TEAMS = 50;

/** The rules under which both portals read it. */
export const generatedKinds = [
  'Location',
  'Group',
  'User',
  'Domain',
  'System',
  'Component',
];

interface Entity {
  kind: string;
  metadata: { name: string; [key: string]: unknown };
  spec: Record<string, unknown>;
}

/**
 * Writes a catalog of many components: a location of ten locations, each of
 * ten files with a system and its components. The same number gives the same
 * bytes.
 *
 * @returns the path of its first file
 */
export function generateCatalog(components: number): string {
  const folder = join(work, `catalog-${components}`);
  rmSync(folder, { recursive: true, force: true });
  const perSystem = components / (DOMAINS * SYSTEMS_PER_DOMAIN);
  if (!Number.isInteger(perSystem)) {
    throw new Error('The number of components must be a multiple of 100');
  }
  write(folder, 'all.yaml', [
    location('bench', [
      './org.yaml',
      ...range(DOMAINS).map(domain => `./domain-${domain}/all.yaml`),
    ]),
  ]);
  write(folder, 'org.yaml', organisation());
  for (const domain of range(DOMAINS)) {
    const systems = range(SYSTEMS_PER_DOMAIN);
    write(folder, `domain-${domain}/all.yaml`, [
      entity('Domain', `domain-${domain}`, { owner: team(domain) }),
      location(
        `bench-domain-${domain}`,
        systems.map(system => `./system-${system}.yaml`),
      ),
    ]);
    for (const system of systems) {
      const name = `system-${domain}-${system}`;
      const first = (domain * SYSTEMS_PER_DOMAIN + system) * perSystem;
      write(folder, `domain-${domain}/system-${system}.yaml`, [
        entity('System', name, {
          owner: team(system),
          domain: `domain-${domain}`,
        }),
        ...range(perSystem).map(index => component(first + index, first, name)),
      ]);
    }
  }
  return join(folder, 'all.yaml');
}

function component(id: number, firstOfSystem: number, system: string): Entity {
  const name = componentName(id);
  const part = entity('Component', name, {
    type: ['service', 'website', 'library', 'pipeline'][id % 4],
    lifecycle: ['production', 'experimental', 'deprecated'][id % 3],
    owner: team(id),
    system,
    ...(id > firstOfSystem
      ? { dependsOn: [`component:${componentName(id - 1)}`] }
      : {}),
  });
  Object.assign(part.metadata, {
    title: `Service ${id}`,
    description: `Component ${id} of ${system}, made to measure the catalog`,
    annotations: {
      'github.com/project-slug': `tidewater/${name}`,
      'backstage.io/kubernetes-id': name,
      'pagerduty.com/service-id': `P${id}`,
    },
    tags: [`tag-${id % 40}`, ['go', 'java', 'nodejs', 'python'][id % 4]],
    links: [
      {
        url: `https://grafana.tidewater.example/d/${name}`,
        title: 'Dashboard',
      },
      { url: `https://runbooks.tidewater.example/${name}`, title: 'Runbook' },
    ],
  });
  return part;
}

function organisation(): Entity[] {
  return [
    ...range(TEAMS).map(id =>
      entity('Group', team(id), { type: 'team', children: [] }),
    ),
    entity('User', 'maya.okafor', { memberOf: [team(0)] }),
  ];
}

function location(name: string, targets: string[]): Entity {
  return entity('Location', name, { targets });
}

function entity(
  kind: string,
  name: string,
  spec: Record<string, unknown>,
): Entity {
  return { kind, metadata: { name }, spec };
}

function team(id: number): string {
  return `team-${id % TEAMS}`;
}

function componentName(id: number): string {
  return `component-${String(id).padStart(5, '0')}`;
}

function range(length: number): number[] {
  return Array.from({ length }, (_, index) => index);
}

function write(folder: string, name: string, entities: Entity[]) {
  const path = join(folder, name);
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(
    path,
    entities
      .map(each => stringify({ apiVersion: 'backstage.io/v1alpha1', ...each }))
      .join('---\n'),
  );
}
