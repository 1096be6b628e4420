import {
  ExplainAnswer,
  ExplainedKind,
  Outcome,
} from '@waymark/backstage-plugin-dora-common';

export const OUTCOME_WORDS: Record<Outcome, string> = {
  counted: 'Counted',
  apart: 'Shown apart',
  waiting: 'Not yet',
  'not-counted': 'Not counted',
};

export const KIND_WORDS: Record<ExplainedKind, string> = {
  deployment: 'Deployments',
  change: 'Changes',
  incident: 'Incidents',
  'workflow-run': 'Runs of workflows',
  release: 'Releases',
};

type Source = ExplainAnswer['rules'][number]['from'];

/** Who says it: `Team checkout: annotation waymark.dev/…`. */
export function sourceWords({ level, by, name }: Source, of?: string): string {
  switch (level) {
    case 'default':
      return `The default; ${name} is not set`;
    case 'company':
      return `Company, ${name}`;
    default: {
      const who = level === 'team' ? 'Team' : 'Component';
      const how = by === 'annotation' ? 'annotation ' : '';
      return `${who}${of ? ` ${of}` : ''}, ${how}${name}`;
    }
  }
}
