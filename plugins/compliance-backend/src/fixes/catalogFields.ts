import { ConflictError, InputError } from '@backstage/errors';
import { editYaml } from './editYaml';
import { entityDocument } from './entityDocument';
import { Fix, FixCase, Proposal } from './Fix';
import { firstParagraph } from './markdown';

const LIFECYCLES = ['experimental', 'production', 'deprecated'];

interface Field {
  path: readonly [string, string];
  after: readonly string[];
  value: string;
  note: string;
}

/** Writes the fields that catalog-info.yaml misses; invents no owner. */
export const catalogFields: Fix = {
  title: component => `Say in the catalog what ${component} is`,
  propose(about) {
    const { entity } = about;
    const place = entityDocument(about);
    const fields: Field[] = [];
    const inputs: NonNullable<Proposal['inputs']> = [];
    if (isBlank(entity.metadata.description)) {
      const field = description(about);
      fields.push(field);
      inputs.push({
        name: 'description',
        title: 'What it does, in one sentence',
        value: field.value,
      });
    }
    if (isBlank(entity.spec?.lifecycle)) {
      const field = lifecycle(about);
      fields.push(field);
      inputs.push({
        name: 'lifecycle',
        title: 'Lifecycle',
        value: field.value,
        options: LIFECYCLES,
      });
    }
    if (isBlank(entity.spec?.owner)) {
      const { owner } = about.known;
      if (owner) {
        fields.push({
          path: ['spec', 'owner'],
          after: ['lifecycle', 'type'],
          value: owner.replace(/^group:default\//, ''),
          note: `The owner ${owner} is in the catalog; check that it is the right one.`,
        });
      }
      inputs.push({
        name: 'owner',
        title: 'Owner, a group of the catalog',
        ...(owner && { value: owner }),
      });
    }
    if (fields.length === 0) {
      throw new ConflictError(
        'Nobody can tell from the repository who owns it: write spec.owner in catalog-info.yaml by hand.',
      );
    }
    const text = fields.reduce(
      (before, { path, after, value }) =>
        editYaml(place.file, before, {
          document: place.document,
          path,
          value,
          after,
        }),
      place.text,
    );
    return [
      {
        files: new Map([[place.file, text]]),
        from: ['README.md'],
        notes: fields.map(({ note }) => note),
        inputs,
      },
    ];
  },
};

function description({ entity, files, inputs }: FixCase): Field {
  const at = {
    path: ['metadata', 'description'] as const,
    after: ['title', 'name'],
  };
  const written = inputs.description?.replace(/[\s\p{C}]+/gu, ' ').trim();
  if (written) {
    const note =
      'The description is as it was written when this was asked for.';
    return { ...at, value: written, note };
  }
  const readme = readmeOf(files);
  const found = readme && firstParagraph(readme.text);
  if (found) {
    return {
      ...at,
      value: found,
      note: `The description is the first paragraph of ${readme.path}.`,
    };
  }
  const { name } = entity.metadata;
  return {
    ...at,
    value: `To be written: what ${name} does and for whom, in one sentence`,
    note: 'There was nothing to take a description from: write one before you merge.',
  };
}

function lifecycle({ facts, inputs }: FixCase): Field {
  const at = { path: ['spec', 'lifecycle'] as const, after: ['type'] };
  if (inputs.lifecycle) {
    if (!LIFECYCLES.includes(inputs.lifecycle)) {
      throw new InputError(
        `lifecycle: must be one of ${LIFECYCLES.join(', ')}`,
      );
    }
    const note = 'The lifecycle is as it was chosen when this was asked for.';
    return { ...at, value: inputs.lifecycle, note };
  }
  const isDeployed = facts.manifest?.releases.some(({ environment }) =>
    /^prod(uction)?$/.test(environment),
  );
  return isDeployed
    ? {
        ...at,
        value: 'production',
        note: 'The lifecycle is production, because the repository deploys it there.',
      }
    : {
        ...at,
        value: 'experimental',
        note: 'The lifecycle is experimental, because nothing says that it is in production: change it where that is not true.',
      };
}

/** The README of the component's folder, whatever the case of its name. */
export function readmeOf(
  files: FixCase['files'],
): { path: string; text: string } | undefined {
  for (const path of files.paths) {
    const text = /^readme\.md$/i.test(path) ? files.text(path) : undefined;
    if (text?.trim()) return { path, text };
  }
  return undefined;
}

function isBlank(value: unknown): boolean {
  return typeof value !== 'string' || value.trim() === '';
}
