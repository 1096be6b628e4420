import {
  isOnTrial,
  LEVELS,
  Rule,
  TRACKS,
} from '@waymark/backstage-plugin-compliance-common';
import { Paper } from './paper';

/** All rules, as a level is reached: track by track, lowest level first. */
export function listed(rules: readonly Rule[], colours: boolean): string {
  const paper = new Paper(colours);
  const width = Math.max(...rules.map(({ id }) => id.length));
  for (const track of TRACKS) {
    paper.line(paper.style('bold', track));
    for (const level of LEVELS) {
      for (const rule of rules) {
        if (rule.track !== track || rule.level !== level) continue;
        const { id, severity, title } = rule;
        paper.line(
          `${level.padEnd(6)}  ${severity.padEnd(8)}  ${id.padEnd(
            width,
          )}  ${title}${isOnTrial(rule) ? ' (on trial)' : ''}`,
          2,
        );
      }
    }
    paper.line();
  }
  return paper.toString();
}

/** What somebody wants to know who is to keep a rule. */
export function explained(rule: Rule, colours: boolean): string {
  const paper = new Paper(colours);
  const { id, title, track, level, severity, input } = rule;
  paper.line(paper.style('bold', title));
  paper.line(`${id}: ${severity}, ${level} of ${track}, reads ${input}`);
  if (isOnTrial(rule)) {
    paper.line(
      'It is on trial: no score counts it, and no check fails for it.',
    );
  }
  paper.line();
  paper.entry('what  ', rule.description, 0);
  paper.line();
  paper.entry('why   ', rule.why, 0);
  paper.line();
  paper.entry('fix   ', rule.fix, 0);
  paper.line();
  for (const paragraph of details(rule)) {
    paper.entry('', paragraph, 0);
    paper.line();
  }
  return paper.toString();
}

/** Of the README what the metadata does not say. */
function details({ readme }: Rule): string[] {
  const paragraphs = readme.split(/\n{2,}/).map(text => text.trim());
  const after = paragraphs.findIndex(text => text.startsWith('**Fix.**'));
  return paragraphs
    .slice(after + 1)
    .filter(text => text && !text.startsWith('`good/`'));
}
