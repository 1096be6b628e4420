import { parseArgs } from 'node:util';
import { InputError, NotFoundError } from '@backstage/errors';
import {
  compareVersions,
  parseScaffoldRecord,
  recordedCommit,
  ScaffoldRecord,
  scaffoldRecordSchema,
} from '@waymark/backstage-plugin-golden-paths-common';
import {
  answersFor,
  HistoricVersion,
  Upgrade,
  upgradeSummary,
  upgradeTree,
} from '@waymark/backstage-plugin-golden-paths-node';
import type { CommandContext } from '../templates/command';
import { withEngine } from '../templates/engine';
import { UPGRADE } from './definition';
import { givenAnswers, readAnswer } from './givenAnswers';
import { printed } from './printed';
import { readVersion, renderVersion, VersionSource } from './renderVersion';
import { TemplateHistory } from './TemplateHistory';
import { WorkingTree } from './WorkingTree';

const HELP = `Usage: ./waymark upgrade [PATH] [options]

Brings a repository that was made from a golden path to a newer version of it.
PATH is its working tree, here unless said. What the golden path has changed
since is merged into what you have made of it, by git's own three-way merge, and
left uncommitted for you to look at.

  --to VERSION       the version to go to; the newest unless said
  --templates WHERE  the golden paths: a folder in a Git repository, or the address
                     of one; this checkout unless said
  --set NAME=VALUE   answers a question of the new version; may be repeated
  --dry-run          tells what would change and writes nothing
  --json             the result for programs

It ends with 0 where all is merged or there is nothing to do, with 1 where you
have to decide on a conflict, and with 2 where it could not run.
`;

/**
 * `waymark upgrade`
 *
 * @returns 0 where all is merged, 1 where there are conflicts
 * @throws InputError, NotFoundError, ConflictError where it could not run; the
 * working tree is as it was then
 */
export async function upgradeCommand(
  args: string[],
  context: CommandContext,
): Promise<number> {
  const { values, positionals } = readArguments(args);
  const { out } = context;
  if (values.help) {
    out(HELP);
    return 0;
  }
  if (positionals.length > 1) {
    throw new InputError(`One PATH at a time.\n${HELP}`);
  }
  const tree = await WorkingTree.open(positionals[0] ?? '.');
  const recorded = parseScaffoldRecord(tree.readRecord());
  const name = recorded.template.ref.replace(/^.*\//, '');
  const where = values.templates ?? context.root;
  return TemplateHistory.with(where, name, async history => {
    const target = targetOf(await history.versions(), recorded, values.to);
    if (!target) {
      const { version } = recorded.template;
      if (values.json) json(context, { upToDate: true, version });
      else out(`Nothing to do: ${name} ${version} is the version to be at.\n`);
      return 0;
    }
    const ours = await tree.readCommitted();
    const start = await baseOf(history, recorded, context);
    return history.at(start, baseFolder =>
      history.at(target.commit, async nextFolder => {
        const old = readVersion(baseFolder, recorded.template.version);
        const next = readVersion(nextFolder, target.version);
        const answers = await answer(old, next, recorded, values.set, context);
        const record = scaffoldRecordSchema.parse({
          ...recorded,
          template: { ...recorded.template, ...target },
          inputs: answers.inputs,
        });
        context.progress('rendering both versions');
        const [base, theirs] = await withEngine(engine =>
          Promise.all([
            renderVersion(engine, old, recorded),
            renderVersion(engine, next, record),
          ]),
        );
        const upgrade = await upgradeTree({
          recorded,
          next: record,
          base,
          theirs,
          ours,
        });
        const dryRun = values['dry-run'] === true;
        if (!dryRun) await tree.write(upgrade);
        const about = {
          title: next.template.metadata.title ?? name,
          changelog: next.changelog,
        };
        if (values.json) {
          json(context, {
            upToDate: false,
            dryRun,
            ...described(upgrade),
            newInputs: answers.added,
            summary: upgradeSummary(upgrade, {
              ...about,
              newInputs: answers.added,
            }),
          });
        } else {
          const { added } = answers;
          const colours = context.colours === true;
          out(printed(upgrade, { ...about, added, dryRun, colours }));
        }
        return upgrade.conflicts.length > 0 ? 1 : 0;
      }),
    );
  });
}

/** @returns undefined where the repository is at that version */
function targetOf(
  versions: readonly HistoricVersion[],
  { template }: ScaffoldRecord,
  wanted: string | undefined,
): HistoricVersion | undefined {
  const target = wanted
    ? versions.find(({ version }) => version === wanted)
    : versions.at(0);
  if (!target) {
    const known = versions.map(({ version }) => version).join(', ');
    throw new NotFoundError(
      wanted
        ? `There is no version ${wanted} of ${template.ref}; there are ${known}.`
        : `${template.ref} has no version here that could be read.`,
    );
  }
  const order = compareVersions(target.version, template.version);
  if (order < 0) {
    throw new InputError(
      `The repository is at ${template.version}, and ${target.version} is older. To go back, revert the commit of the upgrade.`,
    );
  }
  return order === 0 ? undefined : target;
}

/** The commit at which the recorded version is rendered. */
async function baseOf(
  history: TemplateHistory,
  recorded: ScaffoldRecord,
  { progress }: CommandContext,
): Promise<string> {
  const { ref, version } = recorded.template;
  const commit = recordedCommit(recorded);
  if (commit && (await history.versionAt(commit)) === version) return commit;
  const known = (await history.versions()).find(
    other => other.version === version,
  );
  if (!known) {
    throw new NotFoundError(
      `${history.where} has no version ${version} of ${ref}, which made this repository: name the repository it was made from with --templates.`,
    );
  }
  progress(
    `${history.where} does not have ${version} at the recorded commit ${
      commit ?? '(none)'
    }: ${version} as it was last there is taken instead`,
  );
  return known.commit;
}

/** The answers of the record, and those to what only the new version asks. */
async function answer(
  old: VersionSource,
  next: VersionSource,
  { inputs }: ScaffoldRecord,
  set: readonly string[] = [],
  { ask }: CommandContext,
) {
  const versions = { old: old.template, next: next.template };
  const given = givenAnswers(set, next.template);
  const answers = answersFor(versions, inputs, { given });
  if (answers.missing.length === 0) return answers;
  if (!ask) {
    throw new InputError(
      `Version ${next.version} asks what was not asked before: ${answers.missing
        .map(({ name, title }) => `${name} (${title})`)
        .join(', ')}. Answer with --set NAME=VALUE.`,
    );
  }
  for (const question of answers.missing) {
    const text = await ask(`${question.title} (${question.name}): `);
    given[question.name] = readAnswer(question, text);
  }
  return answersFor(versions, inputs, { given });
}

function described({ recorded, next, changes, conflicts, changed }: Upgrade) {
  const { ref, version, commit } = recorded.template;
  return {
    template: ref,
    from: { version, commit },
    to: { version: next.template.version, commit: next.template.commit },
    changed,
    changes,
    conflicts,
  };
}

function json({ out }: CommandContext, value: unknown) {
  out(`${JSON.stringify(value, null, 2)}\n`);
}

function readArguments(args: string[]) {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: {
        ...UPGRADE.options,
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (error) {
    throw new InputError((error as Error).message);
  }
}
