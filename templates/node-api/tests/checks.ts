import { parse, parseAllDocuments } from 'yaml';

/** The answers to the form. */
export interface Inputs {
  name: string;
  description: string;
  owner: string;
  system?: string;
}

/** A rendered repository: path, with forward slashes, to text. */
export type Files = ReadonlyMap<string, string>;

interface Template {
  metadata: { name: string; annotations: Record<string, string> };
  spec: {
    steps: {
      id: string;
      action: string;
      input: Record<string, unknown>;
    }[];
  };
}

type Problems = (message: string) => void;

const GITHUB_EXPRESSIONS = '.github/workflows/';
/** Helm's own templates: YAML only after Helm has rendered them. */
const HELM_TEMPLATES = 'chart/templates/';
const PINNED = /^\S+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/;

/**
 * What must hold for every repository made from this golden path.
 *
 * @returns what does not hold, in words; empty when all is well.
 */
export function checkRepository(files: Files, inputs: Inputs): string[] {
  const problems: string[] = [];
  const say: Problems = message => problems.push(message);
  checkNothingIsLeft(files, inputs, say);
  checkEveryFileParses(files, say);
  checkIdentity(files, inputs, say);
  checkLockFile(files, say);
  checkWorkflows(files, say);
  return problems;
}

/** A description that occurs nowhere by chance. */
export const PLACEHOLDER = 'Placeholder 7d1f3b';

/**
 * That text from the form is shown and never carried out.
 *
 * @param files - the repository made with the description to try
 * @param plain - the same made with {@link PLACEHOLDER}: with the description
 * written in its place, file by file, it must be the first.
 */
export function checkInert(
  files: Files,
  { description }: Inputs,
  plain: Files,
): string[] {
  const paths = new Set([...files.keys(), ...plain.keys()]);
  return [...paths]
    .filter(path => {
      const expected = plain
        .get(path)
        ?.replaceAll(inMarkdown(PLACEHOLDER), () => inMarkdown(description))
        .replaceAll(JSON.stringify(PLACEHOLDER), () =>
          JSON.stringify(description),
        );
      return files.get(path) !== expected;
    })
    .map(path => `${path}: the description changes more than itself`);
}

/** That the template agrees with itself and names no Git host. */
export function checkTemplate(text: string): string[] {
  const problems: string[] = [];
  const template: Template = parse(text);
  const { name, annotations } = template.metadata;
  const values = template.spec.steps.find(
    step => step.action === 'fetch:template',
  )?.input.values as Record<string, string> | undefined;
  const version = annotations['backstage.io/template-version'];
  if (values?.templateVersion !== version) {
    problems.push(`render says another version than ${version}`);
  }
  if (values?.templateRef !== `template:default/${name}`) {
    problems.push('render names another template');
  }
  for (const { id, input } of template.spec.steps) {
    const repoUrl = input.repoUrl as string | undefined;
    if (repoUrl && !repoUrl.startsWith('${{ waymark.gitHost }}?owner=${{')) {
      problems.push(`step ${id} types a Git host in`);
    }
  }
  return problems;
}

function checkNothingIsLeft(files: Files, inputs: Inputs, say: Problems) {
  for (const [path, content] of files) {
    if (path.endsWith('.njk') || /\$\{\{|\.\./.test(path)) {
      say(`${path}: a path that was not rendered`);
    }
    if (path.startsWith(GITHUB_EXPRESSIONS)) continue;
    const ours = content.replaceAll(JSON.stringify(inputs.description), '');
    for (const mark of ['${{', '{%', '{#', '[object Object]']) {
      if (ours.includes(mark)) say(`${path}: ${mark} is left`);
    }
    if (!path.endsWith('.ts') && /\b(undefined|NaN)\b/.test(ours)) {
      say(`${path}: a value is missing`);
    }
  }
}

function checkEveryFileParses(files: Files, say: Problems) {
  for (const [path, content] of files) {
    if (path.startsWith(HELM_TEMPLATES)) continue;
    if (/\.ya?ml$/.test(path)) {
      for (const { errors, warnings } of parseAllDocuments(content)) {
        for (const { message } of [...errors, ...warnings]) {
          say(`${path}: ${message}`);
        }
      }
    }
    if (path.endsWith('.json')) {
      try {
        JSON.parse(content);
      } catch (error) {
        say(`${path}: ${error}`);
      }
    }
  }
}

/** That name, description, owner and system arrived whole, everywhere. */
function checkIdentity(files: Files, inputs: Inputs, say: Problems) {
  const read = (path: string) => parse(files.get(path) ?? 'null');
  const expect = (what: string, is: unknown, should: unknown) => {
    if (JSON.stringify(is) !== JSON.stringify(should)) {
      say(`${what} is ${JSON.stringify(is)}, not ${JSON.stringify(should)}`);
    }
  };
  const { name, description, owner, system } = inputs;
  const manifest = read('package.json');
  expect('package name', manifest?.name, name);
  expect('package description', manifest?.description, description);
  expect('lock name', read('package-lock.json')?.name, name);
  expect('chart name', read('chart/Chart.yaml')?.name, name);
  expect(
    'chart description',
    read('chart/Chart.yaml')?.description,
    description,
  );
  expect('site name', read('mkdocs.yml')?.site_name, name);
  expect('API title', read('api/openapi.yaml')?.info.title, name);
  expect('API text', read('api/openapi.yaml')?.info.description, description);
  expect('scaffold inputs', read('.waymark/scaffold.yaml')?.inputs, inputs);

  const entities = parseAllDocuments(files.get('catalog-info.yaml') ?? '').map(
    document => document.toJS(),
  );
  const [component, api] = entities;
  expect(
    'entities',
    entities.map(entity => entity?.kind),
    ['Component', 'API'],
  );
  expect('entity name', component?.metadata.name, name);
  expect('entity description', component?.metadata.description, description);
  expect('entity owner', component?.spec.owner, owner);
  expect('entity system', component?.spec.system, system);
  expect('entity API', component?.spec.providesApis, [api?.metadata.name]);
  expect('API owner', api?.spec.owner, owner);
  const team = owner.replace(/^.*\//, '');
  if (
    !new RegExp(`^\\* @[\\w.-]+/${team}\\n$`).test(
      files.get('.github/CODEOWNERS') ?? '',
    )
  ) {
    say('CODEOWNERS is not one line that names the team');
  }
}

/** That `npm ci` asks whichever registry the machine is told to ask. */
function checkLockFile(files: Files, say: Problems) {
  const manifest = JSON.parse(files.get('package.json') ?? '{}');
  const lock = JSON.parse(files.get('package-lock.json') ?? '{}');
  const wanted = { ...manifest.dependencies, ...manifest.devDependencies };
  for (const [name, version] of Object.entries(wanted)) {
    const locked = lock.packages?.[`node_modules/${name}`];
    if (locked?.version !== version)
      say(`lock file: ${name} is not ${version}`);
  }
  for (const [path, entry] of Object.entries<Record<string, string>>(
    lock.packages ?? {},
  )) {
    if (entry.resolved) say(`lock file: ${path} names a registry`);
    if (path && !entry.integrity) say(`lock file: ${path} has no digest`);
  }
}

/** Pinned actions, least rights, and an end to every job. */
function checkWorkflows(files: Files, say: Problems) {
  for (const [path, content] of files) {
    if (!path.startsWith(GITHUB_EXPRESSIONS)) continue;
    for (const [, action] of content.matchAll(/\buses: (.+)$/gm)) {
      if (!PINNED.test(action)) say(`${path}: ${action} is not pinned`);
    }
    const { permissions, jobs } = parse(content);
    if (Object.keys(permissions ?? { all: 1 }).length > 0) {
      say(`${path}: rights are given to every job`);
    }
    for (const [id, job] of Object.entries<Record<string, unknown>>(jobs)) {
      if (!job.permissions) say(`${path}: job ${id} does not say its rights`);
      if (!job['timeout-minutes']) say(`${path}: job ${id} has no time limit`);
    }
  }
}

/** User text as the Markdown files of the skeleton write it. */
function inMarkdown(text: string): string {
  const named: Record<string, string> = {
    '&': '&amp;',
    '"': '&quot;',
    "'": '&#39;',
    '<': '&lt;',
    '>': '&gt;',
  };
  return `About: ${text
    .replace(/[&"'<>]/g, character => named[character])
    .replace(
      /[\\`*_{}[\]|~$^+=@]/g,
      character => `&#${character.charCodeAt(0)};`,
    )
    .replaceAll('://', '&#58;//')}\n`;
}
