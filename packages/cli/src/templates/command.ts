import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { InputError } from '@backstage/errors';
import { JSON_OPTION } from '../commands/definition';
import { TEMPLATES_OPTIONS } from './definitions';
import { lifecycleOf, listGoldenPaths, readGoldenPath } from './goldenPath';
import { isGood, junit, report } from './run/result';
import { testTemplates } from './testTemplates';

const HELP = `Usage: ./waymark templates <list|show|test> [NAME...] [options]

  list           the golden paths, with version and lifecycle; with --portal
                 URL those of a portal
  show NAME      what a golden path of a portal asks, and what it is at
  test           renders each with every row of its tests/matrix.yaml and
                 checks what comes out; \`platform\` is what they share,
                 \`golden-paths\` how they stand together

  --update       take the output as the golden trees to compare with
  --no-cache     test again what has not changed
  --require-all  a tool that is missing is a failure, as on CI
  --json         the result for programs
  --junit FILE   the result for CI
  --templates DIR  another folder of golden paths
`;

/** Where a command runs and writes. */
export interface CommandContext {
  root: string;
  out(text: string): void;
  /** Progress, apart from the result. */
  progress(text: string): void;
  /** Whether what is written is seen by a person, in colour. */
  colours?: boolean;
  /** Asks whoever is at the terminal; left out where nobody is. */
  ask?(question: string): Promise<string>;
}

/**
 * `waymark templates …`
 *
 * @returns 0 where all is well, 1 where something was found
 * @throws InputError, NotFoundError where it could not run
 */
export async function templatesCommand(
  args: string[],
  context: CommandContext,
): Promise<number> {
  const { values, positionals } = readArguments(args);
  const [command, ...names] = positionals;
  const templates = values.templates ?? join(context.root, 'templates');
  const asJson = (value: unknown) =>
    context.out(`${JSON.stringify(value, null, 2)}\n`);

  if (values.help || !command) {
    context.out(HELP);
    return command || values.help ? 0 : 2;
  }
  if (command === 'list') {
    const paths = listGoldenPaths(templates).map(name => {
      const path = readGoldenPath(templates, name);
      const { annotations, title } = path.template.metadata;
      return {
        name,
        version: annotations['backstage.io/template-version'],
        lifecycle: lifecycleOf(path),
        title: title ?? name,
      };
    });
    if (values.json) asJson(paths);
    else {
      for (const { name, version, lifecycle, title } of paths) {
        context.out(
          `${name.padEnd(20)} ${version.padEnd(8)} ${lifecycle.padEnd(
            11,
          )} ${title}\n`,
        );
      }
    }
    return 0;
  }
  if (command !== 'test') {
    throw new InputError(`There is no templates ${command}. ${HELP}`);
  }
  const requireAll = values['require-all'] === true;
  const results = await testTemplates({
    root: context.root,
    templates,
    names,
    update: values.update === true,
    useCache: values['no-cache'] !== true,
    requireAll,
    say: context.progress,
  });
  if (values.junit) writeFileSync(values.junit, junit(results, requireAll));
  if (values.json) asJson(results);
  else context.out(report(results, requireAll));
  return results.every(result => isGood(result, requireAll)) ? 0 : 1;
}

function readArguments(args: string[]) {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: {
        ...TEMPLATES_OPTIONS,
        ...JSON_OPTION,
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (error) {
    throw new InputError((error as Error).message);
  }
}
