import { InputError } from '@backstage/errors';
import { Rule } from '@waymark/backstage-plugin-compliance-common';
import { stringify } from 'yaml';
import { Reach } from './ruleReach';
import { TargetContext } from './targets/target';

/** A rule that a cluster can ask about one object. */
export interface AdmissionRule extends Rule {
  reach: Reach;
  action: 'deny' | 'warn';
}

/** Rules on manifests: those that one object is enough for, and the others. */
export async function admissionRules({
  index,
  reach,
  decisions,
}: Pick<TargetContext, 'index' | 'reach' | 'decisions'>): Promise<{
  single: AdmissionRule[];
  whole: Rule[];
}> {
  const reached = await reach();
  const rules = index.rules
    .filter(({ input }) => input === 'manifest')
    .map(rule => ({
      ...rule,
      reach: reached.of(rule.id),
      action: decisions.actionOf(rule),
    }));
  const single = rules.filter(rule => !rule.reach.needsRelease);
  for (const {
    id,
    reach: { kinds },
  } of single) {
    if (kinds.length === 0) {
      throw new InputError(
        `policies/${id}/rule.rego: names no kind of packages/cli/src/policies/kubernetesKinds.ts, ` +
          'so a cluster cannot be told what to ask it about',
      );
    }
  }
  return { single, whole: rules.filter(rule => rule.reach.needsRelease) };
}

/** What metadata says of a rule, for people who look at a cluster. */
export function annotationsOf(rule: Rule): Record<string, string> {
  return {
    'waymark.dev/severity': rule.severity,
    'waymark.dev/track': rule.track,
    'waymark.dev/level': rule.level,
    'waymark.dev/why': rule.why,
    'waymark.dev/fix': rule.fix,
  };
}

/** A table of rules for a README. */
export function tableOf(rules: readonly AdmissionRule[]): string {
  const rows = rules.map(
    ({ id, title, action, reach, trial }) =>
      `| \`${id}\` | ${title} | ${
        trial ? 'warn, on trial' : action
      } | ${reach.kinds.join(', ')} |`,
  );
  return [
    '| Rule | Title | Does | Kinds |',
    '| --- | --- | --- | --- |',
    ...rows,
  ].join('\n');
}

/** YAML that a person can read: no folded lines, no anchors. */
export function yaml(value: unknown): string {
  return stringify(value, { lineWidth: 0, aliasDuplicateObjects: false });
}
