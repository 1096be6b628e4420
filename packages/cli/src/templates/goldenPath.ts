import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { NotFoundError } from '@backstage/errors';
import {
  Place,
  placeOf,
  placeOfField,
  YamlFile,
} from '@waymark/backstage-plugin-compliance-node';
import { z } from 'zod';
import { readWhole, Refuse } from '@waymark/backstage-plugin-golden-paths-node';
import { BadFileError, lineAt } from './problem';
import { ServiceTest, serviceSchema } from './run/service/schema';

const inputs = z.record(z.unknown());

const matrixSchema = z
  .object({
    accept: z
      .array(
        z
          .object({
            title: z.string().min(1),
            inputs,
            /** Whether the path's own toolchain runs on what it makes. */
            build: z.boolean().default(false),
          })
          .strict(),
      )
      .min(1)
      // Something must be built: without a mark, the first.
      .transform(([first, ...rest]) =>
        [first, ...rest].some(({ build }) => build)
          ? [first, ...rest]
          : [{ ...first, build: true }, ...rest],
      ),
    refuse: z
      .array(
        z
          .object({
            title: z.string().min(1),
            field: z.string().min(1),
            inputs,
          })
          .strict(),
      )
      .default([]),
  })
  .strict();

const toolchainSchema = z.array(
  z
    .object({
      /** What a report calls it. */
      name: z.string().min(1),
      /** Run by a shell in the folder of the repository made. */
      command: z.string().min(1),
      /** Programs without which it is skipped. */
      needs: z.array(z.string().min(1)).default([]),
      /** Variables without which it is skipped, such as a database's address. */
      env: z.array(z.string().min(1)).default([]),
      /** Answers of the form it is meant for; left out, for all. */
      when: z.record(z.unknown()).default({}),
    })
    .strict(),
);

const templateSchema = z
  .object({
    kind: z.literal('Template'),
    metadata: z
      .object({
        name: z.string(),
        title: z.string().optional(),
        annotations: z.record(z.string()).default({}),
      })
      .passthrough(),
    spec: z
      .object({
        steps: z.array(
          z
            .object({
              id: z.string().optional(),
              action: z.string(),
              input: z.record(z.unknown()).default({}),
            })
            .passthrough(),
        ),
      })
      .passthrough(),
  })
  .passthrough();

/** What inputs a golden path is tried with. */
export type Matrix = z.infer<typeof matrixSchema>;
/** A command of the path's own toolchain that its output must pass. */
export type ToolchainCommand = z.infer<typeof toolchainSchema>[number] & {
  /** Where it is written down. */
  place: Place;
};
/** The template entity, its parts included. */
export type Template = z.infer<typeof templateSchema>;

/** A folder of `templates/` with all that is needed to try it. */
export interface GoldenPath {
  name: string;
  folder: string;
  template: Template;
  /** The template's file and those that it brings in. */
  sources: YamlFile[];
  matrix: Matrix;
  toolchain: ToolchainCommand[];
  /** How what it makes is started; a path that makes no service has none. */
  service?: ServiceTest;
}

/** The names of the golden paths in a `templates/` folder, in order. */
export function listGoldenPaths(templates: string): string[] {
  return readdirSync(templates, { withFileTypes: true })
    .filter(
      entry =>
        entry.isDirectory() &&
        existsSync(join(templates, entry.name, 'template.yaml')),
    )
    .map(entry => entry.name)
    .sort();
}

/**
 * Reads a golden path and what its tests say.
 *
 * @throws NotFoundError where there is none of that name; InputError naming the
 * file that is not what it should be
 */
export function readGoldenPath(templates: string, name: string): GoldenPath {
  const folder = join(templates, name);
  if (!existsSync(join(folder, 'template.yaml'))) {
    throw new NotFoundError(
      `There is no golden path ${name}; there are ${listGoldenPaths(
        templates,
      ).join(', ')}.`,
    );
  }
  const template = read(folder, 'template.yaml', templateSchema);
  const toolchain = readIfThere(
    folder,
    'tests/toolchain.yaml',
    toolchainSchema,
  );
  const service = readIfThere(folder, 'tests/service.yaml', serviceSchema);
  return {
    name,
    folder,
    template: template.value,
    sources: template.files,
    matrix: read(folder, 'tests/matrix.yaml', matrixSchema).value,
    toolchain: (toolchain?.value ?? []).map((command, index) => ({
      ...command,
      place: placeOf(toolchain?.files ?? [], [index]),
    })),
    ...(service && { service: service.value }),
  };
}

/**
 * Reads a template alone, in the folder of a golden path.
 *
 * @throws InputError naming the file that is not what it should be
 */
export function readTemplate(folder: string): Template {
  return read(folder, 'template.yaml', templateSchema).value;
}

/** `active`, `deprecated` or what else its template says of its life. */
export function lifecycleOf({ template: { metadata } }: GoldenPath): string {
  return metadata.annotations['waymark.dev/lifecycle'] ?? 'active';
}

/** The line of a question of the form, in the template or a part. */
export function placeOfAnswer({ sources }: GoldenPath, field: string): Place {
  return placeOfField(sources, ['properties', field]);
}

/** The line of a step of the template. */
export function placeOfStep(sources: readonly YamlFile[], id: string): Place {
  for (const { file, text } of sources) {
    const line = text.split('\n').findIndex(one => one.endsWith(`id: ${id}`));
    if (line >= 0) return { file, line: line + 1 };
  }
  return { file: sources[0].file, line: 1 };
}

/** Names the line as well. */
export const refuse: Refuse = (source, place, message) => {
  const { file, text } = source;
  throw new BadFileError(
    'path' in place
      ? { check: 'parts', ...placeOf([source], place.path), message }
      : { check: 'yaml', file, line: lineAt(text, place.offset), message },
  );
};

function readIfThere<T extends z.ZodTypeAny>(
  folder: string,
  file: string,
  schema: T,
) {
  return existsSync(join(folder, file))
    ? read(folder, file, schema)
    : undefined;
}

function read<T extends z.ZodTypeAny>(
  folder: string,
  file: string,
  schema: T,
): { value: z.output<T>; files: YamlFile[] } {
  const { value, files } = readWhole(folder, file, refuse);
  const result = schema.safeParse(value);
  if (result.success) return { value: result.data, files };
  const [{ path, message }] = result.error.issues;
  throw new BadFileError({
    check: 'template',
    ...placeOf(files, path),
    message: `${path.join('.')}: ${message}`,
  });
}
