import { posix } from 'node:path';
import { parse } from 'yaml';
import { loadSampleCompany, renderRepositories } from '.';
import { anchor } from './render/stage';
import {
  entitiesOf,
  headOf,
  SAMPLE_DIR,
  snapshots,
} from './__testUtils__/sample';
import { SampleRepository } from './types';

const company = loadSampleCompany(SAMPLE_DIR);
const options = {
  now: new Date('2026-11-20T12:00:00Z'),
  owner: 'tidewater',
  portalUrl: 'http://localhost:7007',
};
const repositories = renderRepositories(company, options);
const each = repositories.map((repository): [string, SampleRepository] => [
  repository.name,
  repository,
]);
const withPath = (path: string) =>
  repositories.filter(repository => path in headOf(repository));

describe('rendering', () => {
  it('is the same for the same now', () => {
    const again = renderRepositories(loadSampleCompany(SAMPLE_DIR), options);
    expect(again).toEqual(repositories);
  });

  it('dates all commits back from now, on working days, in order', () => {
    for (const now of ['2026-11-20T12:00:00Z', '2024-03-03T00:00:00Z']) {
      const moved = renderRepositories(company, {
        ...options,
        now: new Date(now),
      });
      for (const { commits } of moved) {
        const times = commits.map(({ date }) => Date.parse(date));
        const age = (Date.parse(now) - times[0]) / 86_400_000;
        expect(age).toBeLessThan(368);
        expect(times[times.length - 1]).toBeLessThan(Date.parse(now));
        expect(times).toEqual([...new Set(times)].sort((a, b) => a - b));
        for (const time of times) {
          expect([0, 6]).not.toContain(new Date(time).getUTCDay());
        }
      }
    }
  });

  it('follows the portal address and the organisation', () => {
    const [repository] = renderRepositories(company, {
      ...options,
      owner: 'acme',
      portalUrl: 'https://portal.example',
    }).filter(({ name }) => name === 'dispatch-service');
    const files = headOf(repository);
    expect(files['catalog-info.yaml']).toContain('acme/dispatch-service');
    expect(files['catalog-info.yaml']).toContain(
      'https://portal.example/docs/default/component/dispatch-service/runbook',
    );
    expect(files.CODEOWNERS).toContain('@acme/delivery');
  });
});

describe.each(each)('%s', (_, repository) => {
  const files = headOf(repository);

  it('has a history by several people that never writes nothing', () => {
    expect(repository.commits.length).toBeGreaterThanOrEqual(3);
    const authors = repository.commits.map(({ author }) => author.email);
    expect(new Set(authors).size).toBeGreaterThan(1);
    for (const { author, message, files: written } of repository.commits) {
      expect(author.email).toMatch(/^[a-z]+\.[a-z]+@tidewater\.example$/);
      expect(message).toMatch(/^[A-Z]\S*/);
      expect(message.split('\n')[0].length).toBeLessThanOrEqual(90);
      expect(Object.keys(written).length).toBeGreaterThan(0);
    }
  });

  it('writes plain text files that end with a newline', () => {
    for (const [path, content] of Object.entries(files)) {
      expect(posix.normalize(path)).toBe(path);
      expect([path, content.endsWith('\n')]).toEqual([path, true]);
      expect([path, content.includes('undefined/')]).toEqual([path, false]);
      expect(content).not.toMatch(/\[object Object\]|lorem ipsum/i);
    }
  });

  it('has docs whose pages and links all exist, after every commit', () => {
    for (const snapshot of snapshots(repository)) {
      if (!('mkdocs.yml' in snapshot)) continue;
      const { theme, plugins, nav } = parse(snapshot['mkdocs.yml']);
      expect(theme).toBeUndefined();
      expect(plugins).toEqual(['techdocs-core']);
      const pages = navPages(nav).map(page => `docs/${page}`);
      const docs = Object.keys(snapshot).filter(path =>
        path.startsWith('docs/'),
      );
      expect(pages.sort()).toEqual(docs.sort());
      for (const page of docs) {
        expect(brokenLinks(snapshot, page)).toEqual([]);
      }
    }
  });

  it('has parseable YAML and JSON', () => {
    const documents = Object.entries(files).flatMap(([path, content]) => {
      if (path.endsWith('.json')) return [JSON.parse(content)];
      return /\.ya?ml$/.test(path) ? entitiesOf(content) : [];
    });
    expect(documents).not.toContain(null);
    expect(documents.length).toBeGreaterThan(0);
  });
});

describe('the spread of quality', () => {
  it('is what a real company has', () => {
    const total = repositories.length;
    expect(withPath('mkdocs.yml').length).toBeGreaterThanOrEqual(25);
    expect(total - withPath('mkdocs.yml').length).toBeGreaterThanOrEqual(3);
    expect(withPath('docs/runbook.md').length).toBeGreaterThanOrEqual(18);
    expect(withPath('docs/on-call.md').length).toBeGreaterThanOrEqual(15);
    expect(withPath('docs/on-call.md').length).toBeLessThan(
      withPath('docs/index.md').length,
    );
    const pipelines = withPath('.github/workflows/ci.yaml');
    expect(total - pipelines.length).toBeGreaterThanOrEqual(3);
    const pinned = pipelines.filter(repository =>
      /@[0-9a-f]{40} # v/.test(headOf(repository)['.github/workflows/ci.yaml']),
    );
    expect(pinned.length).toBeGreaterThan(pipelines.length / 2);
    expect(pinned.length).toBeLessThan(pipelines.length);
  });

  it('is in the manifests too: each team writes them as it does', () => {
    const running = company.components.filter(one => one.operations);
    const files = new Map(each.map(([name, one]) => [name, headOf(one)]));
    const workloads = running.map(({ name, operations, owner }) => {
      const { folder } = company.organisation.manifests[owner];
      const kind = operations?.serves === 'job' ? 'cronjob' : 'deployment';
      return files.get(name)?.[`${folder}/${kind}.yaml`] ?? '';
    });
    expect(workloads).not.toContain('');
    const share = (wanted: RegExp) =>
      workloads.filter(text => wanted.test(text)).length / running.length;
    for (const [wanted, least, most] of [
      [/image: .*:latest$/m, 0.1, 0.4],
      [/image: ghcr\.io\/tidewater\//, 0.8, 0.99],
      [/privileged: true/, 0.01, 0.1],
      [/runAsNonRoot: true/, 0.3, 0.7],
      [/readOnlyRootFilesystem: true/, 0.1, 0.4],
      [/limits:\n +cpu:/, 0.4, 0.8],
      [/readinessProbe:/, 0.5, 0.9],
      [/namespace: /, 0.5, 0.9],
    ] as const) {
      expect(share(wanted)).toBeGreaterThanOrEqual(least);
      expect(share(wanted)).toBeLessThanOrEqual(most);
    }
  });

  it('names a successor for what is deprecated', () => {
    const deprecated = company.components.filter(
      ({ lifecycle }) => lifecycle === 'deprecated',
    );
    expect(deprecated.length).toBeGreaterThan(0);
    for (const { name, successor } of deprecated) {
      const repository = repositories.find(found => found.name === name);
      expect(repository && headOf(repository)['README.md']).toContain(
        `use [${successor}]`,
      );
    }
  });
});

type Nav = Record<string, string | Nav>[];

function navPages(nav: Nav): string[] {
  return nav
    .flatMap(entry => Object.values(entry))
    .flatMap(value =>
      typeof value === 'string' ? [value] : navPages([value].flat()),
    );
}

/** Relative links of a page to files or headings that are not there. */
function brokenLinks(files: Record<string, string>, page: string): string[] {
  const text = files[page].replace(/```[\s\S]*?```/g, '');
  const links = [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(match => match[1]);
  return links.filter(link => {
    if (link.startsWith('/')) return !portalPathExists(link);
    if (/^https?:/.test(link)) return false;
    const [path, heading] = link.split('#');
    const target = path ? posix.join(posix.dirname(page), path) : page;
    if (!(target in files)) return true;
    return heading !== undefined && !headings(files[target]).includes(heading);
  });
}

function headings(text: string): string[] {
  return [...text.matchAll(/^#+ (.+)$/gm)].map(match => anchor(match[1]));
}

/** Whether a page of the portal that the docs point to will be there. */
function portalPathExists(link: string): boolean {
  const docs = /^\/docs\/default\/component\/([a-z-]+)\/([a-z-]+)$/.exec(link);
  if (docs) {
    const found = repositories.find(({ name }) => name === docs[1]);
    return found !== undefined && `docs/${docs[2]}.md` in headOf(found);
  }
  return /^\/catalog\/default\/(component|api|resource|system|group)\/[a-z-]+(\/definition)?$/.test(
    link,
  );
}
