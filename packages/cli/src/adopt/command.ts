import { parseArgs } from 'node:util';
import { ConflictError, InputError, NotFoundError } from '@backstage/errors';
import { ADOPTION_FLOOR } from '@waymark/backstage-plugin-golden-paths-common';
import {
  Adoption,
  adoptedTree,
  Candidate,
  componentOfTree,
  environmentIn,
  inferOrigin,
  Path,
  refuseRecorded,
  Tree,
} from '@waymark/backstage-plugin-golden-paths-node';
import type { CommandContext } from '../templates/command';
import { withEngine } from '../templates/engine';
import { givenAnswers, readAnswer } from '../upgrade/givenAnswers';
import { TemplateHistory } from '../upgrade/TemplateHistory';
import { WorkingTree } from '../upgrade/WorkingTree';
import { pathOf } from './paths';
import { percent, printedAdoption, printedCandidates } from './printed';
import { readRemote } from './remote';

const HELP = `Usage: ./waymark adopt [PATH] [options]

Puts a repository on a golden path that was made before, or by hand. PATH is its
working tree, here unless said. Each golden path is rendered and compared with
what is committed; what it was made from, with which answers and how sure that is
is told, and asked, before .waymark/scaffold.yaml and catalog-info.yaml say so.
What is written is left uncommitted for you to look at.

  --template NAME    takes this golden path
  --templates WHERE  the golden paths: a folder in a Git repository, or the address
                     of one; this checkout unless said
  --portal URL       of the portal that knows the service; the one that the files
                     name, or http://localhost:7007
  --set NAME=VALUE   answers a question; may be repeated
  --yes              writes without asking
  --dry-run          tells what would be written, and writes nothing
  --json             the result for programs; writes only with --yes

It ends with 0 where it is adopted, with 1 where it looks like no golden path or
you did not agree, and with 2 where it could not run.
`;

/**
 * `waymark adopt`
 *
 * @returns 0 where it is adopted, 1 where nothing was
 * @throws InputError, NotFoundError, ConflictError where it could not run; the
 * working tree is as it was then
 */
export async function adoptCommand(
  args: string[],
  context: CommandContext,
): Promise<number> {
  const { values, positionals } = readArguments(args);
  const { out, progress } = context;
  if (values.help) {
    out(HELP);
    return 0;
  }
  if (positionals.length > 1) {
    throw new InputError(`One PATH at a time.\n${HELP}`);
  }
  const working = await WorkingTree.open(positionals[0] ?? '.');
  const tree = await working.readCommitted();
  refuseRecorded(tree);
  const remote = await readRemote(working.folder, values.portal);
  const where = values.templates ?? context.root;
  return TemplateHistory.withAll(where, histories =>
    withEngine(async engine => {
      const paths: Path[] = [];
      for (const history of histories) {
        const path = await pathOf(history, engine);
        if (path) paths.push(path);
      }
      progress(`comparing with ${paths.length} golden paths`);
      const candidates = await inferOrigin({
        tree,
        component: componentOfTree(tree),
        says: 'catalog-info.yaml',
        hints: {
          name: { value: remote.name, from: 'the repository is called so' },
        },
        environment: remote.environment,
        paths,
      });
      if (!values.json) {
        out(printedCandidates(candidates, context.colours === true));
      }
      const chosen = await choose(candidates, values, context);
      const adoption =
        chosen && (await adopt(chosen, tree, values.set, context));
      const dryRun = values['dry-run'] === true;
      const isAgreed =
        adoption && (dryRun || (await agree(adoption, values, context)));
      if (isAgreed && !dryRun) await working.write(adoption);
      const isWritten = isAgreed === true && !dryRun;
      if (values.json) {
        out(
          `${JSON.stringify(told(candidates, adoption, isWritten), null, 2)}\n`,
        );
      } else if (isAgreed) {
        out(printedAdoption(adoption, dryRun));
      }
      return isAgreed ? 0 : 1;
    }),
  );
}

type Values = ReturnType<typeof readArguments>['values'];

async function choose(
  candidates: readonly Candidate[],
  { template, json, yes }: Values,
  { ask, out }: CommandContext,
): Promise<Candidate | undefined> {
  if (template !== undefined) {
    const named = candidates.find(({ path }) =>
      [path.ref, path.ref.replace(/^.*\//, '')].includes(template),
    );
    if (named) return named;
    throw new NotFoundError(
      `There is no golden path ${template} that could be rendered; there are ${candidates
        .map(({ path }) => path.ref.replace(/^.*\//, ''))
        .join(', ')}.`,
    );
  }
  const near = candidates.filter(
    ({ confidence }) => confidence >= ADOPTION_FLOOR,
  );
  if (near.length === 0) {
    if (!json) {
      out('Nothing was written. Name one with --template where it is one.\n');
    }
    return undefined;
  }
  if (near.length === 1 || yes || json || !ask) return near[0];
  const names = near.map(
    ({ path, confidence }, index) =>
      `  ${index + 1}  ${path.title} (${percent(confidence)})`,
  );
  const said = await ask(`Which one?\n${names.join('\n')}\n[1]: `);
  return near[Number(said.trim() || 1) - 1];
}

/** What would be written, with what had to be answered first. */
async function adopt(
  candidate: Candidate,
  tree: Tree,
  set: readonly string[] = [],
  { ask }: CommandContext,
): Promise<Adoption> {
  const { path, version, answers, inputs, environment } = candidate;
  const given = givenAnswers(set, version.template);
  const missing = answers.filter(
    ({ field, value }) =>
      field.required &&
      value === undefined &&
      !Object.hasOwn(given, field.name),
  );
  if (missing.length > 0 && !ask) {
    throw new InputError(
      `The files do not tell ${missing
        .map(({ field }) => `${field.name} (${field.title})`)
        .join(', ')}. Answer with --set NAME=VALUE.`,
    );
  }
  for (const { field } of missing) {
    const text = (await ask?.(`${field.title} (${field.name}): `)) ?? '';
    const question = { ...field, default: undefined };
    given[field.name] = readAnswer(question, text);
  }
  const all = { ...inputs, ...(given as typeof inputs) };
  const made = await version.render(all, environment);
  if (!made) {
    throw new ConflictError(
      `${path.title} ${version.version} does not take these answers: give others with --set NAME=VALUE.`,
    );
  }
  return adoptedTree({
    tree,
    template: {
      ref: path.ref,
      version: version.version,
      commit: version.commit,
    },
    inputs: all,
    environment: environmentIn(tree, made, environment),
  });
}

async function agree(
  { record }: Adoption,
  { yes, json }: Values,
  { ask, out }: CommandContext,
): Promise<boolean> {
  if (yes) return true;
  if (json) return false;
  if (!ask) {
    out('Nothing was written: agree with --yes.\n');
    return false;
  }
  const { ref, version } = record.template;
  const said = await ask(
    `Write that it was made from ${ref} ${version}? [y/N] `,
  );
  const isAgreed = /^y(es)?$/i.test(said.trim());
  if (!isAgreed) out('Nothing was written.\n');
  return isAgreed;
}

function told(
  candidates: readonly Candidate[],
  adoption: Adoption | undefined,
  isWritten: boolean,
) {
  return {
    floor: ADOPTION_FLOOR,
    candidates: candidates.map(
      ({ path, version, confidence, answers, evidence, files }) => ({
        template: path.ref,
        title: path.title,
        version: version.version,
        commit: version.commit,
        newest: path.newest.version,
        confidence,
        evidence,
        answers: answers.map(({ field, value, from, isTold }) => ({
          name: field.name,
          title: field.title,
          value,
          from,
          told: isTold,
        })),
        files,
      }),
    ),
    adoption: adoption
      ? { record: adoption.record, files: adoption.files, written: isWritten }
      : null,
  };
}

function readArguments(args: string[]) {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: {
        'dry-run': { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
        json: { type: 'boolean' },
        portal: { type: 'string' },
        set: { type: 'string', multiple: true },
        template: { type: 'string' },
        templates: { type: 'string' },
        yes: { type: 'boolean', short: 'y' },
      },
    });
  } catch (error) {
    throw new InputError((error as Error).message);
  }
}
