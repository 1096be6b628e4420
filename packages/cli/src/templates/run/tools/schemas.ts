import { join } from 'node:path';
import { z } from 'zod';
import { Problem } from '../../problem';
import { Release } from './release';
import { Context, tool } from './tool';

const answerSchema = z.object({
  resources: z.array(
    z.object({
      filename: z.string(),
      kind: z.string(),
      name: z.string(),
      status: z.string(),
      msg: z.string(),
    }),
  ),
});

/** How kubeconform is called: with our schemas and no others. */
export function kubeconformArguments(root: string): string[] {
  const schemas = join(root, 'tools/kubernetes-schemas/schemas');
  return [
    '-strict',
    '-output',
    'json',
    '-schema-location',
    `${schemas}/{{.ResourceKind}}{{.KindSuffix}}.json`,
  ];
}

/** That Kubernetes would take all of every release. */
export async function checkSchemas(
  context: Context,
  releases: readonly Release[],
): Promise<void> {
  if (releases.length === 0) return;
  await tool(
    context,
    'kubeconform',
    [
      ...kubeconformArguments(context.root),
      ...releases.map(({ manifests }) => manifests),
    ],
    {
      read: output =>
        readKubeconform(output).flatMap(({ file, kind, name, mistakes }) => {
          const release = releases.find(({ manifests }) => manifests === file);
          if (!release) return [];
          return mistakes.map(
            ({ path, message }): Problem => ({
              check: 'kubeconform',
              ...release.placeOfField(kind, name, path),
              message: `${release.environment}: ${kind}/${name}: ${message}`,
            }),
          );
        }),
    },
  );
}

/** A manifest that Kubernetes would not take. */
interface Refused {
  file: string;
  kind: string;
  name: string;
  mistakes: { path: string[]; message: string }[];
}

/** What kubeconform's JSON says of each manifest that it refuses. */
export function readKubeconform(output: string): Refused[] {
  return answerSchema
    .parse(JSON.parse(output))
    .resources.map(({ filename, kind, name, msg }) => ({
      file: filename,
      kind,
      name,
      mistakes: readMistakes(msg),
    }));
}

function readMistakes(text: string): Refused['mistakes'] {
  const found = [
    ...text.matchAll(/- at '([^']*)': (.+?)(?=\s+- at '|$)/gs),
  ].filter(([, , message]) => !/^(\w+ failed|validation failed)/.test(message));
  if (found.length === 0) return [{ path: [], message: text }];
  return found.map(([, pointer, message]) => {
    const path = pointer.split('/').filter(Boolean);
    const unknown = /additional properties '([^']+)'/.exec(message);
    return {
      path: unknown ? [...path, unknown[1]] : path,
      message: `${path.join('.') || 'the manifest'}: ${message}`,
    };
  });
}
