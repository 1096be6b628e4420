/** Where a path's steps find the layers that all paths share. */
const LAYERS = /^\.\.\/_layers\//;

/** A template, as far as it is read here. */
export interface WithSteps {
  spec: {
    steps: Array<{
      id?: string;
      action: string;
      input?: { [key: string]: unknown };
    }>;
  };
}

const namesLayer = (url: unknown): url is string =>
  typeof url === 'string' && LAYERS.test(url);

/** That a step fetches one of the shared layers. */
export function usesLayers({ spec }: WithSteps): boolean {
  return spec.steps.some(({ input }) => namesLayer(input?.url));
}

/**
 * The template with its layers inside its own folder, where
 * {@link dryRunContents} puts them: a dry run has no files outside of it.
 */
export function dryRunTemplate<T extends WithSteps>(template: T): T {
  return {
    ...template,
    spec: {
      ...template.spec,
      steps: template.spec.steps.map(step =>
        namesLayer(step.input?.url)
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
