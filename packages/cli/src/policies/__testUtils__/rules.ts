import { cpSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

export const checkout = resolve(__dirname, '../../../../..');

/** A checkout with these rules and nothing else; the caller throws it away. */
export function writeRules(
  rules: Record<string, { body: string; metadata?: string }>,
): string {
  const root = mkdtempSync(join(tmpdir(), 'waymark-rules-'));
  cpSync(
    join(checkout, 'policies/lib/report.rego'),
    join(root, 'policies/lib/report.rego'),
    { recursive: true },
  );
  writeFileSync(join(root, 'policies/exemptions.yaml'), '[]\n');
  writeFileSync(
    join(root, 'policies/admission.yaml'),
    'severities: { critical: deny, high: deny, medium: warn, low: warn }\n',
  );
  for (const [id, { body, metadata = '' }] of Object.entries(rules)) {
    const write = (name: string, text: string) => {
      const file = join(root, 'policies', id, name);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text);
    };
    write('README.md', `# ${id}\n`);
    write(
      'rule.rego',
      `# METADATA
# scope: package
# title: Rule ${id}
# description: For a test.
# custom:
#   id: ${id}
#   track: security
#   level: bronze
#   severity: low
#   input: catalog
#   why: Because.
#   fix: Do.
${metadata}package waymark.rules.${id.replaceAll('-', '_')}

${body}
`,
    );
  }
  return root;
}
