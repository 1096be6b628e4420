import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { GoldenPath, Template } from './goldenPath';

/** A file as the engine's dry run takes and gives it. */
export interface EngineFile {
  path: string;
  base64Content: string;
  executable?: boolean;
}

const LAYERS = /^\.\.\/_layers\//;

/**
 * What the engine is given of a golden path: its skeleton and, since a dry run
 * has only files below the template, the shared layers as if they lay there.
 */
export function engineContents({ folder }: GoldenPath): EngineFile[] {
  const layers = join(folder, '../_layers');
  return [
    ...filesBelow(folder).filter(
      ({ path }) => !path.startsWith('tests/') && path !== 'template.yaml',
    ),
    ...(existsSync(layers)
      ? filesBelow(layers).map(file => ({
          ...file,
          path: `_layers/${file.path}`,
        }))
      : []),
  ];
}

/** The template with its layers where {@link engineContents} puts them. */
export function engineTemplate(template: Template): Template {
  return {
    ...template,
    spec: {
      ...template.spec,
      steps: template.spec.steps.map(step =>
        typeof step.input.url === 'string'
          ? {
              ...step,
              input: {
                ...step.input,
                url: step.input.url.replace(LAYERS, './_layers/'),
              },
            }
          : step,
      ),
    },
  };
}

function filesBelow(folder: string): EngineFile[] {
  return readdirSync(folder, { recursive: true })
    .map(path => join(folder, String(path)))
    .filter(path => statSync(path).isFile())
    .sort()
    .map(path => ({
      path: relative(folder, path).split(sep).join('/'),
      base64Content: readFileSync(path).toString('base64'),
      executable: Boolean(statSync(path).mode & 0o100),
    }));
}
