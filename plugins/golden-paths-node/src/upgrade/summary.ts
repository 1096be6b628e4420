import { SCAFFOLD_RECORD_PATH } from '@waymark/backstage-plugin-golden-paths-common';
import { changelogBetween } from './changelog';
import { Conflict } from './conflicts';
import { FileChange, Upgrade } from './upgrade';

/** Of each list: a pull request's text is bounded. */
const MOST_FILES = 100;
const MOST_CHANGELOG = 20_000;

const TITLES: Record<FileChange['kind'], string> = {
  changed: 'Changed',
  added: 'Added',
  removed: 'Removed',
};

/** What a summary tells besides the upgrade itself. */
export interface SummaryOptions {
  /** What people call the template. */
  title: string;
  /** The template's CHANGELOG.md in its new version. */
  changelog: string;
  /** Questions that the new version asks and the old one did not. */
  newInputs?: readonly string[];
}

/** The title of a pull request, or of a commit, with the upgrade. */
export function upgradeTitle(upgrade: Upgrade, title: string): string {
  const { recorded, next } = upgrade;
  return `Upgrade ${title} from ${recorded.template.version} to ${next.template.version}`;
}

/** What an upgrade does, in Markdown, for those who review it. */
export function upgradeSummary(
  upgrade: Upgrade,
  options: SummaryOptions,
): string {
  const { recorded, next, changes, conflicts } = upgrade;
  const [from, to] = [recorded.template.version, next.template.version];
  const conflicted = new Set(conflicts.map(({ path }) => path));
  const clean = changes.filter(
    ({ path }) => !conflicted.has(path) && path !== SCAFFOLD_RECORD_PATH,
  );
  return [
    `This repository was made from the golden path **${plain(
      options.title,
    )}** ${from}. This brings it to ${to}: what the golden path has changed since is merged into what you have made of it.`,
    ...section('Decide', conflictList(conflicts)),
    ...section(
      'What is new',
      changelogText(options.changelog, from, to) ||
        'The golden path does not say.',
    ),
    ...section('New questions', questions(upgrade, options.newInputs ?? [])),
    ...section('Files', fileLists(clean)),
    ...section('What to do next', nextSteps(upgrade)),
    '',
  ].join('\n');
}

function section(title: string, text: string): string[] {
  return text ? ['', `## ${title}`, '', text] : [];
}

function conflictList(conflicts: readonly Conflict[]): string {
  if (conflicts.length === 0) return '';
  const list = conflicts
    .slice(0, MOST_FILES)
    .map(({ path, message }) => `- ${code(path)}: ${plain(message)}`);
  return [
    'Both you and the golden path changed these. Nothing was guessed:',
    '',
    ...list,
    ...more(conflicts.length),
  ].join('\n');
}

function changelogText(changelog: string, from: string, to: string): string {
  const text = changelogBetween(changelog, from, to)
    .map(entry => `### ${entry.version}\n\n${entry.text}`)
    .join('\n\n');
  return text.length <= MOST_CHANGELOG
    ? text
    : `${text.slice(0, text.lastIndexOf('\n', MOST_CHANGELOG))}\n\n…`;
}

function questions({ next }: Upgrade, names: readonly string[]): string {
  return names
    .map(name => `- ${code(name)}: ${code(JSON.stringify(next.inputs[name]))}`)
    .join('\n');
}

function fileLists(changes: readonly FileChange[]): string {
  if (changes.length === 0) {
    return 'None but the record of the golden path itself.';
  }
  return (['changed', 'added', 'removed'] as const)
    .map(kind => ({ kind, files: changes.filter(one => one.kind === kind) }))
    .filter(({ files }) => files.length > 0)
    .map(({ kind, files }) =>
      [
        `${TITLES[kind]} (${files.length}):`,
        '',
        ...files.slice(0, MOST_FILES).map(({ path }) => `- ${code(path)}`),
        ...more(files.length),
      ].join('\n'),
    )
    .join('\n\n');
}

function nextSteps({ conflicts }: Upgrade): string {
  const marked = conflicts.some(({ kind }) => kind === 'both');
  return [
    ...(marked
      ? [
          '- Search for `<<<<<<<`: above `=======` is yours, below is the golden path’s. Keep what is right and delete the markers.',
        ]
      : []),
    ...(conflicts.some(({ kind }) => kind !== 'both')
      ? [
          '- Read what else is listed under _Decide_, and change what should change.',
        ]
      : []),
    '- Let the pipeline run, and read the difference as you read any other.',
    `- Leave ${code(
      SCAFFOLD_RECORD_PATH,
    )} as it is: the next upgrade begins there.`,
  ].join('\n');
}

function more(count: number): string[] {
  return count > MOST_FILES ? [`- and ${count - MOST_FILES} more`] : [];
}

/** A name of anybody's choice as one span of code, whatever is in it. */
function code(text: string): string {
  // eslint-disable-next-line no-control-regex
  const line = text.replace(/[\u0000-\u001f\u007f\u2028\u2029]/g, '\ufffd');
  const longest = Math.max(
    0,
    ...[...line.matchAll(/`+/g)].map(([ticks]) => ticks.length),
  );
  const fence = '`'.repeat(longest + 1);
  return longest > 0 ? `${fence} ${line} ${fence}` : `${fence}${line}${fence}`;
}

/** Text without a meaning in Markdown or HTML. */
function plain(text: string): string {
  return (
    text
      // eslint-disable-next-line no-control-regex
      .replace(/[\u0000-\u001f\u007f\u2028\u2029]/g, ' ')
      .replace(/[\\`*_[\]<>&#|~@]/g, char => `&#${char.charCodeAt(0)};`)
  );
}
