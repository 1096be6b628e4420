import { writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { InputError } from '@backstage/errors';
import { isOnTrial, TRACKS } from '@waymark/backstage-plugin-compliance-common';
import { Bundle, loadBundle } from '@waymark/backstage-plugin-compliance-node';
import { tokenAt } from '../portal/session';
import type { CommandContext } from '../templates/command';
import { CheckedComponent, checkTree } from './checkTree';
import { COMPLIANCE_OPTIONS } from './definition';
import { readExemptions } from './exemptions';
import { explained, listed } from './explained';
import { printed } from './printed';
import { sarif } from './sarif';
import { ruleOf, Selection } from './selection';

const HELP = `Usage: ./waymark compliance <check|rules|explain> [options]

  check [PATH...]  asks the rules about the component whose catalog-info.yaml is
                   in the folder, here unless said; what only the portal or the
                   Git host knows is unknown
  rules            the rules, by track and level
  explain RULE     why a rule matters, and how to keep it

Options of check:
  --rule ID             tell of this rule only; may be repeated
  --track TRACK         tell of this track only; may be repeated
                        (${TRACKS.join(', ')})
  --fail-on SEVERITY    what is less bad does not fail the check: critical, high,
                        medium, low, or none; low unless said
  --require-all         what the files could not answer is a failure, as on CI
  --exemptions FILE     or URL, such as <portal>/api/compliance/exemptions/export
                        where you are signed in, or with WAYMARK_TOKEN;
                        policies/exemptions.yaml unless said
  --sarif FILE          the findings for code hosts
  --json                the result for programs, of each command
`;

/** Without a checkout nothing is exempt, and charts are what they bring along. */
type Context = Omit<CommandContext, 'root'> & { root?: string };

/**
 * `waymark compliance …`
 *
 * @returns 0 where all is well, 1 where something is broken, 2 where it could not
 *   look at all that was wanted
 * @throws InputError, NotFoundError where it could not run
 */
export async function complianceCommand(
  args: string[],
  context: Context,
): Promise<number> {
  const { values, positionals } = readArguments(args);
  const [command, ...rest] = positionals;
  const { out } = context;
  if (values.help || !command) {
    out(HELP);
    return command || values.help ? 0 : 2;
  }
  const bundle = await loadBundle();
  const { rules } = bundle.index;
  const asJson = (value: unknown) => out(`${JSON.stringify(value, null, 2)}\n`);
  if (command === 'check') {
    return check(rest, values, bundle, context);
  }
  if (command === 'rules' && rest.length === 0) {
    if (values.json) asJson(bundle.index);
    else out(listed(rules, context.colours === true));
    return 0;
  }
  if (command === 'explain' && rest.length === 1) {
    const rule = ruleOf(rules, rest[0]);
    if (values.json) asJson(rule);
    else out(explained(rule, context.colours === true));
    return 0;
  }
  throw new InputError(
    `There is no compliance ${positionals.join(' ')}.\n${HELP}`,
  );
}

async function check(
  paths: readonly string[],
  values: ReturnType<typeof readArguments>['values'],
  bundle: Bundle,
  { root, out, progress, colours }: Context,
): Promise<number> {
  const selection = Selection.of(bundle.index.rules, {
    rules: values.rule ?? [],
    tracks: values.track ?? [],
    failOn: values['fail-on'] ?? 'low',
  });
  const from =
    values.exemptions ?? (root && join(root, 'policies/exemptions.yaml'));
  const exemptions = from
    ? await readExemptions(from, await tokenAt(from, process.env))
    : [];
  const today = new Date().toISOString().slice(0, 10);
  const components = await checkTree(paths.length > 0 ? paths : ['.'], {
    root,
    bundle,
    exemptions,
    today,
    say: progress,
  });
  const { revision } = bundle.index;
  if (values.sarif) {
    const log = sarif(components, selection, revision);
    writeFileSync(values.sarif, `${JSON.stringify(log, null, 2)}\n`);
  }
  if (values.json) {
    const result = {
      revision,
      today,
      components: components.map(one => describe(one, selection)),
    };
    out(`${JSON.stringify(result, null, 2)}\n`);
  } else {
    out(printed(components, selection, colours === true));
  }
  if (components.some(one => selection.failed(one).length > 0)) return 1;
  const unanswered = components.flatMap(one => selection.unanswered(one));
  if (!values['require-all'] || unanswered.length === 0) return 0;
  progress(`not answered: ${[...new Set(unanswered)].join(', ')}`);
  return 2;
}

function describe(component: CheckedComponent, selection: Selection) {
  const { entityRef, folder, total, tracks } = component;
  return {
    entityRef,
    /** That the files of findings are below of. */
    folder: relative(process.cwd(), folder) || '.',
    total,
    tracks,
    failed: selection.failed(component),
    verdicts: selection.verdicts(component).map(({ of, ...verdict }) => ({
      ...verdict,
      ...(isOnTrial(of) && { trial: true }),
    })),
  };
}

function readArguments(args: string[]) {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: {
        ...COMPLIANCE_OPTIONS,
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (error) {
    throw new InputError((error as Error).message);
  }
}
