import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Rule, RuleIndex } from '@waymark/backstage-plugin-compliance-common';
import { readDecisions } from './decisions';

const rule = (id: string, severity: Rule['severity']) =>
  ({ id, severity } as Rule);
const index: RuleIndex = {
  revision: '',
  rules: [rule('runbook', 'high'), rule('paging', 'low')],
};
const exemption = `- { rule: runbook, service: shop, until: '2026-12-31', reason: Late }\n`;
const severities =
  'severities: { critical: deny, high: deny, medium: warn, low: warn }\n';

describe('what the company decides', () => {
  const folder = mkdtempSync(join(tmpdir(), 'waymark-decisions-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  const read = (exemptions: string, admission: string) => {
    writeFileSync(join(folder, 'exemptions.yaml'), exemptions);
    writeFileSync(join(folder, 'admission.yaml'), admission);
    return readDecisions(folder, index);
  };

  it('is read', () => {
    const { exemptions, actionOf } = read(
      exemption,
      `${severities}rules: { paging: deny }\n`,
    );
    expect(exemptions).toEqual([
      { rule: 'runbook', service: 'shop', until: '2026-12-31' },
    ]);
    expect(index.rules.map(actionOf)).toEqual(['deny', 'deny']);
    expect(read('[]', severities).actionOf(index.rules[1])).toBe('warn');
  });

  it.each([
    [
      'an exemption from no rule',
      exemption.replace('runbook', 'runbok'),
      severities,
      'policies/exemptions.yaml: there is no rule runbok',
    ],
    [
      'an exemption without end',
      exemption.replace('2026-12-31', 'never'),
      severities,
      'policies/exemptions.yaml: 0.until: Invalid date',
    ],
    [
      'a misspelt field',
      exemption.replace('service', 'servise'),
      severities,
      'policies/exemptions.yaml: 0.service: Required',
    ],
    [
      'an action that no cluster knows',
      '[]',
      severities.replace('critical: deny', 'critical: refuse'),
      /^policies\/admission\.yaml: severities\.critical: Invalid enum value/,
    ],
    [
      'an action for no rule',
      '[]',
      `${severities}rules: { pagin: warn }\n`,
      'policies/admission.yaml: there is no rule pagin',
    ],
  ])('is refused with %s', (_, exemptions, admission, expected) => {
    expect(() => read(exemptions, admission)).toThrow(expected);
  });
});
