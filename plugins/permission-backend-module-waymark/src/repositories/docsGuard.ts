import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import {
  TechdocsGenerator,
  techdocsGeneratorExtensionPoint,
} from '@backstage/plugin-techdocs-node';
import { findMkdocsProblem } from './mkdocsProblem';

/** Builds no documentation whose configuration could run code. */
export const docsGuard = createBackendModule({
  pluginId: 'techdocs',
  moduleId: 'waymark-guard',
  register(reg) {
    reg.registerInit({
      deps: {
        config: coreServices.rootConfig,
        generators: techdocsGeneratorExtensionPoint,
        logger: coreServices.logger,
      },
      async init({ config, generators, logger }) {
        const generator = TechdocsGenerator.fromConfig(config, { logger });
        const build = generator.run.bind(generator);
        generator.run = async options => {
          await refuseUnsafe(options.inputDir);
          await build(options);
        };
        generators.setTechdocsGenerator(generator);
      },
    });
  },
});

/** @throws InputError which names the file and what to change in it */
async function refuseUnsafe(folder: string) {
  for (const name of ['mkdocs.yml', 'mkdocs.yaml']) {
    const text = await readIfThere(join(folder, name));
    const problem = text && findMkdocsProblem(text);
    if (problem) throw new InputError(`${name} is refused: ${problem}`);
  }
}

async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
