import { COMPANY_DOMAIN, SampleCompany } from '../company';
import { SampleComponent } from '../schema';
import { SampleCommit, SampleRepository } from '../types';
import { tagsOf } from './catalogInfo';
import { commitDates } from './dates';
import { renderFiles } from './files';

/** What the histories are rendered against. */
export interface RenderOptions {
  /** Commits are dated back from here. */
  now: Date;
  /** Organisation slug on the Git host. */
  owner: string;
  /** Root of the portal, without a slash at its end. */
  portalUrl: string;
}

/**
 * Renders the repository of every component with its history. Pure: the same
 * company and options give the same result.
 */
export function renderRepositories(
  company: SampleCompany,
  options: RenderOptions,
): SampleRepository[] {
  return company.components.map(component => ({
    name: component.name,
    description: component.description,
    topics: tagsOf({ component }),
    defaultBranch: 'main',
    commits: renderCommits(company, component, options),
  }));
}

function renderCommits(
  company: SampleCompany,
  component: SampleComponent,
  { now, owner, portalUrl }: RenderOptions,
): SampleCommit[] {
  const { history } = component;
  const dates = commitDates(
    history.map(change => change.daysAgo),
    now,
    component.name,
  );
  const decided = history.findIndex(change => change.brings.includes('adr'));
  const decidedOn = (dates[decided] ?? now).toISOString().slice(0, 10);
  const brought = new Set<string>();
  let before: Record<string, string> = {};
  return history.map((change, index) => {
    change.brings.forEach(item => brought.add(item));
    const stage = {
      company,
      component,
      owner,
      portalUrl,
      brought,
      decidedOn,
    };
    const after = renderFiles(stage);
    const commit: SampleCommit = {
      message: change.message.trim(),
      author: {
        name: company.organisation.people[change.author],
        email: `${change.author}@${COMPANY_DOMAIN}`,
      },
      date: dates[index].toISOString(),
      files: changed(before, after),
    };
    before = after;
    return commit;
  });
}

function changed(
  before: Record<string, string>,
  after: Record<string, string>,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(after).filter(([path, text]) => before[path] !== text),
  );
}
