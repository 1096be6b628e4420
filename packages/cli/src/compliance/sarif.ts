import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import {
  Finding,
  isOnTrial,
  Rule,
  Severity,
} from '@waymark/backstage-plugin-compliance-common';
import { CheckedComponent } from './checkTree';
import { plain } from './paper';
import { RuledVerdict, Selection } from './selection';

/** As SARIF counts. */
const LEVELS: Record<Severity, 'error' | 'warning' | 'note'> = {
  critical: 'error',
  high: 'error',
  medium: 'warning',
  low: 'note',
};

/** As code hosts sort what is about security. */
const SECURITY_SEVERITIES: Record<Severity, string> = {
  critical: '9.5',
  high: '8.0',
  medium: '5.0',
  low: '2.0',
};

/**
 * The findings as a SARIF 2.1.0 log, one run for each component. What is exempt
 * is there and suppressed; what is unknown is told as a notification.
 *
 * @param revision - of the rules
 */
export function sarif(
  components: readonly CheckedComponent[],
  selection: Selection,
  revision: string,
): object {
  const rules = selection.chosen;
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: components.map(component => {
      const verdicts = selection.verdicts(component);
      return {
        tool: {
          driver: {
            name: 'Waymark compliance',
            version: revision.slice(0, 12),
            rules: rules.map(describe),
          },
        },
        // Code hosts keep components of one repository apart by it.
        automationDetails: { id: `waymark-compliance/${component.entityRef}/` },
        columnKind: 'utf16CodeUnits',
        invocations: [
          {
            executionSuccessful: true,
            toolExecutionNotifications: verdicts
              .filter(({ outcome }) => outcome === 'unknown')
              .map(verdict => ({
                level: 'note',
                message: { text: plain(verdict.reason ?? 'Not known.') },
                associatedRule: referenceTo(verdict, rules),
              })),
          },
        ],
        results: verdicts.flatMap(verdict =>
          results(verdict, component, rules),
        ),
      };
    }),
  };
}

/** A rule on trial is only told of. */
function levelOf(rule: Rule): 'error' | 'warning' | 'note' {
  return isOnTrial(rule) ? 'note' : LEVELS[rule.severity];
}

function describe(rule: Rule) {
  const { id, title, description, why, fix, severity, track, level } = rule;
  return {
    id,
    name: title,
    shortDescription: { text: title },
    fullDescription: { text: description },
    help: {
      text: `Why: ${why}\n\nFix: ${fix}`,
      markdown: `**Why.** ${why}\n\n**Fix.** ${fix}`,
    },
    defaultConfiguration: { level: levelOf(rule) },
    properties: {
      tags: [track, level, ...(isOnTrial(rule) ? ['on-trial'] : [])],
      precision: 'very-high',
      'problem.severity': {
        error: 'error',
        warning: 'warning',
        note: 'recommendation',
      }[levelOf(rule)],
      ...(track === 'security' &&
        !isOnTrial(rule) && {
          'security-severity': SECURITY_SEVERITIES[severity],
        }),
    },
  };
}

function referenceTo({ rule }: RuledVerdict, rules: readonly Rule[]) {
  return { id: rule, index: rules.findIndex(({ id }) => id === rule) };
}

function results(
  verdict: RuledVerdict,
  component: CheckedComponent,
  rules: readonly Rule[],
) {
  const { id: ruleId, index: ruleIndex } = referenceTo(verdict, rules);
  const counted = new Map<string, number>();
  return verdict.findings.map(finding => {
    const same = `${finding.file ?? ''}\n${finding.message}`;
    const count = counted.get(same) ?? 0;
    counted.set(same, count + 1);
    return {
      ruleId,
      ruleIndex,
      level: levelOf(verdict.of),
      message: { text: plain(finding.message) },
      locations: [locate(finding, component)],
      // Without the line: a finding that moves is the one that was there.
      partialFingerprints: {
        'waymarkFinding/v1': createHash('sha256')
          .update([component.entityRef, ruleId, same, count].join('\n'))
          .digest('hex'),
      },
      ...(verdict.outcome === 'exempt' && {
        suppressions: [
          {
            kind: 'external',
            status: 'accepted',
            justification: `Until ${verdict.exemptUntil}: ${plain(
              verdict.reason ?? '',
            )}`,
          },
        ],
      }),
    };
  });
}

/** What has no place of its own is shown where the component is described. */
function locate(
  { file, line }: Finding,
  { folder, file: described, line: at }: CheckedComponent,
) {
  const path = relative(rootOf(folder), join(folder, file ?? described));
  return {
    physicalLocation: {
      artifactLocation: {
        uri: path.split(sep).map(encodeURIComponent).join('/'),
        uriBaseId: '%SRCROOT%',
      },
      region: { startLine: line ?? (file ? 1 : at) },
    },
  };
}

/** Of the repository: code hosts know files from there. */
function rootOf(folder: string): string {
  for (let at = folder; at !== dirname(at); at = dirname(at)) {
    if (existsSync(join(at, '.git'))) return at;
  }
  return folder;
}
