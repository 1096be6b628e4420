import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { InputError, NotFoundError } from '@backstage/errors';
import { parse } from 'yaml';
import { z } from 'zod';
import { resolveParts } from './parts';
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
export type ToolchainCommand = z.infer<typeof toolchainSchema>[number];
/** The template entity, its parts included. */
export type Template = z.infer<typeof templateSchema>;

/** A folder of `templates/` with all that is needed to try it. */
export interface GoldenPath {
  name: string;
  folder: string;
  template: Template;
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
  const toolchain = join(folder, 'tests/toolchain.yaml');
  const service = join(folder, 'tests/service.yaml');
  return {
    name,
    folder,
    template: read(join(folder, 'template.yaml'), templateSchema),
    matrix: read(join(folder, 'tests/matrix.yaml'), matrixSchema),
    toolchain: existsSync(toolchain) ? read(toolchain, toolchainSchema) : [],
    ...(existsSync(service) && { service: read(service, serviceSchema) }),
  };
}

function read<T extends z.ZodTypeAny>(file: string, schema: T): z.output<T> {
  let value: unknown;
  try {
    value = resolveParts(parse(readFileSync(file, 'utf8')), file);
  } catch (error) {
    throw new InputError(`${file}: ${(error as Error).message}`);
  }
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw new InputError(`${file}: ${issue.path.join('.')}: ${issue.message}`);
}
