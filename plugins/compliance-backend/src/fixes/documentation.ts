import { posix } from 'node:path';
import { ConflictError } from '@backstage/errors';
import { stringify } from 'yaml';
import { readmeOf } from './catalogFields';
import { editYaml } from './editYaml';
import { EntityDocument, entityDocument } from './entityDocument';
import { Fix, FixCase } from './Fix';
import { toPage } from './markdown';

const ANNOTATION = 'backstage.io/techdocs-ref';

/** Adds the first page of the docs, mkdocs.yml and the annotation. */
export const documentation: Fix = {
  title: component => `Show the documentation of ${component} in the portal`,
  propose(about) {
    const { entity, files } = about;
    const place = entityDocument(about);
    const changed = new Map<string, string>();
    const notes: string[] = [];

    const annotation = entity.metadata.annotations?.[ANNOTATION]?.trim();
    if (!annotation) {
      const text = editYaml(place.file, place.text, {
        document: place.document,
        path: ['metadata', 'annotations', ANNOTATION],
        value: 'dir:.',
        after: ['annotations', 'description', 'title', 'name'],
      });
      changed.set(place.file, text);
    }
    const root = rootOf(annotation || 'dir:.', place);
    const config = ['mkdocs.yml', 'mkdocs.yaml'].find(name =>
      files.paths.has(`${root}${name}`),
    );
    if (!config) {
      changed.set(`${root}mkdocs.yml`, mkdocs(entity.metadata.name));
      notes.push(
        'mkdocs.yml lists no pages: the docs show all of them, in the order of their names.',
      );
    }
    const pages = below(root, docsDir(about, `${root}${config}`));
    const first = ['index.md', 'README.md'].map(name => `${pages}${name}`);
    const readme = readmeOf(files);
    if (!first.some(page => files.paths.has(page))) {
      changed.set(first[0], pageOf(about, first[0], readme));
      notes.push(
        readme
          ? `${first[0]} is a copy of ${readme.path}. Let one of them say what the component is, and the other lead there.`
          : `${first[0]} has to be written: there was no README.md to begin with.`,
      );
    }
    return [
      {
        files: changed,
        from: readme ? [readme.path] : [],
        notes,
      },
    ];
  },
};

/** The folder that `dir:` names, with a slash at its end; empty for the root. */
function rootOf(annotation: string, { folder }: EntityDocument): string {
  const [, path] = /^dir:(.*)$/.exec(annotation) ?? [];
  if (path === undefined) {
    throw new ConflictError(
      `${ANNOTATION} leads elsewhere, to ${annotation}: the page has to be written there.`,
    );
  }
  return below(folder, path);
}

function below(folder: string, path: string): string {
  const joined = posix.normalize(`${folder}./${path}/`).replace(/^\.\//, '');
  if (/^(\.\.)?\//.test(joined) || path.startsWith('/')) {
    throw new ConflictError(
      `The pages would be at ${path}, outside the component's folder.`,
    );
  }
  return joined;
}

function docsDir({ facts }: FixCase, config: string): string {
  const fact = facts.repository?.files.find(({ path }) => path === config);
  if (fact?.error) throw new ConflictError(`${config} ${fact.error}.`);
  const { docs_dir: folder } = (fact?.documents?.[0] ?? {}) as {
    docs_dir?: unknown;
  };
  return typeof folder === 'string' && folder.trim() ? folder : 'docs';
}

function mkdocs(name: string): string {
  return `${stringify({
    site_name: name,
  })}docs_dir: docs\nplugins:\n  - techdocs-core\n`;
}

function pageOf(
  { entity, files, known }: FixCase,
  page: string,
  readme: { path: string; text: string } | undefined,
): string {
  const folder = posix.dirname(page);
  if (readme) {
    const text = toPage(readme.text, path => {
      const target = posix.normalize(path);
      return target.startsWith(`${folder}/`) && files.paths.has(target)
        ? posix.relative(folder, target)
        : known.fileUrl(target.startsWith('..') ? '' : target);
    });
    return text.endsWith('\n') ? text : `${text}\n`;
  }
  const { name, title = name } = entity.metadata;
  return [
    `# ${title.replace(/[\p{C}<>[\]`*_]/gu, ' ').trim()}`,
    '',
    'To be written: what it does and for whom, how to run it, and who to ask.',
    '',
  ].join('\n');
}
