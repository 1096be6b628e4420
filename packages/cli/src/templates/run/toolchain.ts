import { Toolbox } from '../../tools/toolbox';
import { runCommand } from '../../tools/runCommand';
import { ToolchainCommand } from '../goldenPath';
import { Findings } from './toolChecks';

/**
 * Builds, lints and tests a made repository with its own commands, in order; the
 * first that fails ends it, since the next ones build on it.
 */
export async function runToolchain(
  commands: readonly ToolchainCommand[],
  inputs: Record<string, unknown>,
  folder: string,
  toolbox: Toolbox,
  say: (text: string) => void,
): Promise<Findings> {
  const findings: Findings = { problems: [], skipped: [] };
  for (const { name, command, needs, env, when } of commands) {
    const isMeant = Object.entries(when).every(
      ([answer, value]) => inputs[answer] === value,
    );
    if (!isMeant) continue;
    const missing =
      needs.find(program => !toolbox.find(program)) ??
      env.find(variable => !process.env[variable]);
    if (missing) {
      findings.skipped.push(`${name} (${missing})`);
      continue;
    }
    say(name);
    const { code, output } = await runCommand('sh', ['-c', command], {
      cwd: folder,
    });
    if (code !== 0) {
      const last = output.trim().split('\n').slice(-20).join('\n');
      findings.problems.push({
        check: name,
        message: `${command} ended with ${code}:\n${last}`,
      });
      break;
    }
  }
  return findings;
}
