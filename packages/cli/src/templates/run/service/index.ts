import { Toolbox } from '../../../tools/toolbox';
import { GoldenPath } from '../../goldenPath';
import { Findings } from '../tools/tool';
import { checkService } from './checkService';

/**
 * Starts what a golden path made and asks what every service must answer; a
 * path that makes no service is asked nothing.
 *
 * @param folder - the repository made, built by its toolchain
 */
export async function runService(
  { service }: GoldenPath,
  folder: string,
  toolbox: Toolbox,
  env: NodeJS.ProcessEnv,
): Promise<Findings> {
  if (!service) return { problems: [], skipped: [] };
  const missing = service.needs.find(program => !toolbox.find(program));
  if (missing) return { problems: [], skipped: [`Run (${missing})`] };
  const problems = await checkService(service, folder, env);
  return {
    problems: problems.map(message => ({
      check: 'Run',
      file: 'tests/service.yaml',
      line: 1,
      message,
    })),
    skipped: [],
  };
}
