import { SCAFFOLD_RECORD_PATH } from '@waymark/backstage-plugin-golden-paths-common';
import {
  changelogBetween,
  FileChange,
  Upgrade,
} from '@waymark/backstage-plugin-golden-paths-node';

const SIGNS: Record<FileChange['kind'], string> = {
  added: '+',
  changed: '~',
  removed: '-',
};

const indent = (line: string) => (line ? `  ${line}` : '');

/** What people read of an upgrade in a terminal. */
export function printed(
  upgrade: Upgrade,
  about: {
    title: string;
    changelog: string;
    added: readonly string[];
    dryRun: boolean;
    colours: boolean;
  },
): string {
  const { recorded, next, changes, conflicts } = upgrade;
  const { title, changelog, added, dryRun, colours } = about;
  const paint = (code: number, text: string) =>
    colours ? `\u001b[${code}m${text}\u001b[0m` : text;
  const bold = (text: string) => paint(1, text);
  const [from, to] = [recorded.template.version, next.template.version];
  const files = changes.filter(({ path }) => path !== SCAFFOLD_RECORD_PATH);
  const news = changelogBetween(changelog, from, to).flatMap(
    ({ version, text }) => [
      '',
      bold(`New in ${version}`),
      ...visible(text).split('\n').map(indent),
    ],
  );
  const answers = added.map(
    name => `  ${name}: ${visible(JSON.stringify(next.inputs[name]))}`,
  );
  return [
    bold(`${visible(title)}: ${from} to ${to}`),
    ...news,
    ...(answers.length > 0 ? ['', bold('New answers'), ...answers] : []),
    '',
    bold(
      files.length > 0
        ? `${count(files.length, 'file')} ${
            dryRun ? 'would change' : 'changed'
          }`
        : 'No file changes but the record of the golden path',
    ),
    ...files.map(({ path, kind }) => `  ${SIGNS[kind]} ${visible(path)}`),
    ...(conflicts.length > 0
      ? [
          '',
          paint(31, `${count(conflicts.length, 'conflict')} to decide`),
          ...conflicts.map(
            ({ path, message }) => `  ! ${visible(path)}: ${visible(message)}`,
          ),
        ]
      : []),
    '',
    ...nextSteps(upgrade, dryRun),
    '',
  ].join('\n');
}

function nextSteps({ conflicts }: Upgrade, dryRun: boolean): string[] {
  if (dryRun) return ['Nothing was written: this was a dry run.'];
  return [
    conflicts.length > 0
      ? 'Nothing is committed. Decide on the conflicts, look at git diff, then commit.'
      : 'Nothing is committed. Look at git diff, run the tests, then commit.',
    'To take it back: git stash --include-untracked.',
  ];
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

/** Names and texts of others must not steer the terminal. */
export function visible(text: string): string {
  // eslint-disable-next-line no-control-regex
  return text.replace(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/g, '\ufffd');
}
