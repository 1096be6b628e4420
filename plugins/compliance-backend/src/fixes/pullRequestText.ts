import { parseEntityRef } from '@backstage/catalog-model';
import { Rule } from '@waymark/backstage-plugin-compliance-common';

/** What the pull request says to those who review it. */
export function pullRequestText(about: {
  rule: Rule;
  notes: readonly string[];
  remaining: readonly string[];
  passes: boolean;
  requestedBy: string;
  /** Of the portal, without a slash at its end. */
  portalUrl: string;
}): string {
  const { rule, notes, remaining, passes, portalUrl } = about;
  const { kind, namespace, name } = parseEntityRef(about.requestedBy);
  const list = (lines: readonly string[]) =>
    lines.map(line => `- ${plain(line)}`).join('\n');
  const parts = [
    `**Why.** ${rule.why}`,
    `**How to mend it.** ${rule.fix}`,
    ...(notes.length > 0 ? [`**Please look at this.**\n\n${list(notes)}`] : []),
    passes
      ? `The rule was asked about these files and passes. Once this is merged the portal looks again by itself.`
      : `**Not all of it.** The rule was asked about these files and does not pass yet:\n\n${list(
          remaining,
        )}`,
    `The rule: [${rule.title}](${portalUrl}/compliance/rules/${rule.id}). Asked for by [${name}](${portalUrl}/catalog/${namespace}/${kind}/${name}).`,
  ];
  return `${parts.join('\n\n')}\n`;
}

/** Names and paths of a repository are not to be carried out as Markdown. */
function plain(text: string): string {
  return text
    .replace(/[\r\n]+/g, ' ')
    .replace(/[<>[\]`*|@]/g, found => `\\${found}`);
}
