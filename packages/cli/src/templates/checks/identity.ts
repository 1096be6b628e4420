import { parse, parseAllDocuments } from 'yaml';
import { z } from 'zod';
import { Files, Inputs, Problem } from '../problem';

const entitySchema = z.object({
  kind: z.string(),
  metadata: z.object({ name: z.string(), description: z.string().optional() }),
  spec: z.object({
    owner: z.string(),
    system: z.string().optional(),
    providesApis: z.array(z.string()).default([]),
  }),
});

/** That the answers arrived whole, wherever a program reads them. */
export function checkIdentity(files: Files, inputs: Inputs): Problem[] {
  const problems: Problem[] = [];
  const expect = (file: string, what: string, is: unknown, should: unknown) => {
    if (JSON.stringify(is) === JSON.stringify(should)) return;
    problems.push({
      check: 'identity',
      file,
      message: `${what} is ${JSON.stringify(is)}, not ${JSON.stringify(
        should,
      )}`,
    });
  };
  const read = (file: string) => {
    const text = files.get(file);
    return text === undefined ? undefined : parse(text);
  };
  const { name, description, owner, system } = inputs;

  for (const [file, fields] of [
    ['package.json', { name, description }],
    ['package-lock.json', { name }],
    ['chart/Chart.yaml', { name, description }],
    ['mkdocs.yml', { site_name: name, site_description: description }],
  ] as const) {
    const content = read(file);
    if (content === undefined) continue;
    for (const [field, value] of Object.entries(fields)) {
      expect(file, field, content[field], value);
    }
  }
  const scaffold = '.waymark/scaffold.yaml';
  expect(scaffold, 'inputs', read(scaffold)?.inputs, inputs);
  const owners = '.github/CODEOWNERS';
  expect(
    owners,
    'the team',
    /^\* @[\w.-]+\/(\S+)\n$/.exec(files.get(owners) ?? '')?.[1],
    String(owner).replace(/^.*\//, ''),
  );

  const catalog = 'catalog-info.yaml';
  const entities = parseAllDocuments(files.get(catalog) ?? '').map(document =>
    entitySchema.safeParse(document.toJS()),
  );
  const [component, api] = entities.map(({ data }) => data);
  expect(catalog, 'the first kind', component?.kind, 'Component');
  expect(catalog, 'name', component?.metadata.name, name);
  expect(catalog, 'description', component?.metadata.description, description);
  expect(catalog, 'owner', component?.spec.owner, owner);
  expect(catalog, 'system', component?.spec.system, system);
  expect(
    catalog,
    'the API provided',
    component?.spec.providesApis,
    api ? [api.metadata.name] : [],
  );
  if (api) expect(catalog, "the API's owner", api.spec.owner, owner);
  return problems;
}

/** That `npm ci` asks whichever registry the machine is told to ask. */
export function checkLockFile(files: Files): Problem[] {
  const file = 'package-lock.json';
  const lock = files.get(file);
  if (lock === undefined) return [];
  const manifest = JSON.parse(files.get('package.json') ?? '{}');
  const packages: Record<
    string,
    { version?: string; resolved?: string; integrity?: string }
  > = JSON.parse(lock).packages ?? {};
  const say = (message: string) => ({ check: 'lock-file', file, message });
  const wanted = { ...manifest.dependencies, ...manifest.devDependencies };
  return [
    ...Object.entries(wanted)
      .filter(([name, v]) => packages[`node_modules/${name}`]?.version !== v)
      .map(([name, version]) => say(`${name} is not ${version}`)),
    ...Object.entries(packages).flatMap(([path, { resolved, integrity }]) => [
      ...(resolved ? [say(`${path} names a registry`)] : []),
      ...(path && !integrity ? [say(`${path} has no digest`)] : []),
    ]),
  ];
}
