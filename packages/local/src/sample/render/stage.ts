import { COMPANY_DOMAIN, Part, SampleCompany } from '../company';
import { SampleComponent } from '../schema';

/** A component at one point of its history: what has been brought so far. */
export interface Stage {
  company: SampleCompany;
  component: SampleComponent;
  /** Organisation slug on the Git host. */
  owner: string;
  /** Root of the portal, without a slash at its end. */
  portalUrl: string;
  /** Parts and source paths present. */
  brought: ReadonlySet<string>;
  /** ISO date (day) of the decision records. */
  decidedOn: string;
}

/** Whether the part is there at this stage. */
export function has(stage: Stage, part: Part): boolean {
  return stage.brought.has(part);
}

/** Whether the page exists among the docs at this stage. */
export function hasPage(stage: Stage, part: Part): boolean {
  if (!has(stage, 'docs') || !has(stage, part)) {
    return false;
  }
  return part !== 'api' || stage.component.usage !== undefined;
}

/** Address of a host of the sample company. */
export function host(name: string, path: string): string {
  return `https://${name}.${COMPANY_DOMAIN}${path}`;
}

/** Address of the component's runbook in the portal. */
export function runbook({ component, portalUrl }: Stage): string {
  return `${portalUrl}/docs/default/component/${component.name}/runbook`;
}

/** Address of the component's main dashboard. */
export function dashboard(component: SampleComponent): string {
  return host('grafana', `/d/${component.name}`);
}

/** Address of the owning team's chat channel. */
export function chat(component: SampleComponent): string {
  return host('chat', `/channels/${component.owner}`);
}

/** Joins blocks of Markdown with one blank line and ends with a newline. */
export function markdown(...blocks: (string | false | undefined)[]): string {
  const text = blocks
    .filter((block): block is string => Boolean(block))
    .map(block => block.trim())
    .join('\n\n');
  return `${text}\n`;
}

/** A Markdown table; pipes inside cells are escaped. */
export function table(head: string[], rows: string[][]): string {
  const row = (cells: string[]) =>
    `| ${cells.map(cell => cell.replace(/\|/g, '\\|')).join(' | ')} |`;
  const rule = `|${head.map(() => ' --- ').join('|')}|`;
  return [row(head), rule, ...rows.map(row)].join('\n');
}

/** A Markdown list. */
export function bullets(items: string[]): string {
  return items.map(item => `- ${item}`).join('\n');
}

/**
 * A numbered list whose items may hold several lines. Continuation lines are
 * indented by four: Python-Markdown ends the list at anything less.
 */
export function steps(items: string[]): string {
  return items
    .map(
      (item, index) =>
        `${index + 1}. ${item.trim().replace(/\n(?=[^\n])/g, '\n    ')}`,
    )
    .join('\n');
}

/** A fenced block of code. */
export function fence(language: string, code: string): string {
  return `\`\`\`${language}\n${code.replace(/\s+$/, '')}\n\`\`\``;
}

/** The id Python-Markdown gives a heading. */
export function anchor(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\w\s-]/g, '')
    .trim()
    .replace(/[\s-]+/g, '-');
}
