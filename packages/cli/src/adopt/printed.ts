import {
  ADOPTION_FLOOR,
  confidenceWords,
} from '@waymark/backstage-plugin-golden-paths-common';
import {
  Adoption,
  Candidate,
} from '@waymark/backstage-plugin-golden-paths-node';
import { visible } from '../upgrade/printed';

/** Candidates that are told in full. */
const MOST = 3;

export const percent = (share: number) => `${Math.round(share * 100)} %`;

/** What people read of where a repository may have come from. */
export function printedCandidates(
  candidates: readonly Candidate[],
  colours: boolean,
): string {
  const bold = (text: string) => (colours ? `\u001b[1m${text}\u001b[0m` : text);
  const near = candidates
    .filter(({ confidence }) => confidence >= ADOPTION_FLOOR)
    .slice(0, MOST);
  const others = candidates.filter(one => !near.includes(one));
  const lines = near.flatMap(candidate => [
    bold(
      `${visible(candidate.path.title)} ${
        candidate.version.version
      }: ${confidenceWords(candidate.confidence)} (${percent(
        candidate.confidence,
      )})`,
    ),
    ...candidate.evidence.map(sentence => `  ${visible(sentence)}`),
    '  Answers',
    ...candidate.answers.map(
      ({ field, value, from }) =>
        `    ${field.name}: ${
          value === undefined ? '-' : visible(JSON.stringify(value))
        }  (${visible(from)})`,
    ),
    '',
  ]);
  if (near.length === 0) {
    lines.push(bold('It looks like no golden path.'));
  }
  if (others.length > 0) {
    const names = others.map(
      ({ path, confidence }) => `${visible(path.title)} ${percent(confidence)}`,
    );
    lines.push(`Not it: ${names.join(', ')}.`);
  }
  return `${lines.join('\n')}\n`;
}

/** What was written, or would be. */
export function printedAdoption(
  { changes, files, isStated }: Adoption,
  dryRun: boolean,
): string {
  const lines = changes.map(
    ({ path, kind }) => `  ${kind === 'added' ? '+' : '~'} ${visible(path)}`,
  );
  return [
    '',
    dryRun ? 'This would be written:' : 'This was written:',
    ...lines,
    ...(isStated
      ? []
      : [
          'There is no catalog-info.yaml that describes a component, so the catalog is not told.',
        ]),
    ...(dryRun
      ? [
          '',
          ...files.flatMap(({ path, after }) => [`${path}:`, indented(after)]),
        ]
      : []),
    dryRun
      ? 'Nothing was written: this was a dry run.'
      : 'Nothing is committed. Look at git diff, then commit: ./waymark upgrade works from then on.',
    '',
  ].join('\n');
}

function indented(text: string): string {
  return visible(text).replace(/^(?=.)/gm, '  ');
}
