import {
  CampaignRequest,
  CampaignScope,
} from '@waymark/backstage-plugin-compliance-common';
import { dayOf } from '../../time';

/** What is typed in the form, right or not yet. */
export type Typed = Omit<CampaignRequest, 'deadline'> & { deadline?: string };

/** Asks all components. */
export const EVERYBODY: CampaignScope = {
  owners: [],
  systems: [],
  lifecycles: [],
};

export const EMPTY: Typed = {
  title: '',
  description: '',
  rules: [],
  scope: EVERYBODY,
};

export const LONGEST_DESCRIPTION = 4000;
const MOST_RULES = 50;

/** What is wrong, by field; nothing where it can be saved. */
export type Problems = Partial<Record<keyof Typed, string>>;

/** @param before - the deadline as it was saved, which may be over */
export function problemsOf(typed: Typed, before?: string): Problems {
  const { title, description, rules, deadline } = typed;
  const problems: Problems = {};
  const { length } = title.trim();
  if (length < 3) problems.title = 'Give it a name of 3 characters or more.';
  if (length > 100) problems.title = 'Say it in 100 characters at most.';
  if (description.trim().length > LONGEST_DESCRIPTION) {
    problems.description = `Say it in ${LONGEST_DESCRIPTION.toLocaleString()} characters at most.`;
  }
  if (rules.length === 0) problems.rules = 'Choose a rule.';
  if (rules.length > MOST_RULES) {
    problems.rules = `Choose ${MOST_RULES} rules at most.`;
  }
  if (!deadline) problems.deadline = 'Choose the last day.';
  else if (deadline < dayOf(new Date()) && deadline !== before) {
    problems.deadline = 'The last day is over.';
  }
  return problems;
}

/** Typed and found right. */
export const requestOf = (typed: Typed): CampaignRequest => ({
  title: typed.title.trim(),
  description: typed.description.trim(),
  rules: typed.rules,
  scope: typed.scope,
  deadline: typed.deadline!,
});
