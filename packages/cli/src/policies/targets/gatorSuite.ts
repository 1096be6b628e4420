import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AdmissionRule, yaml } from '../admission';
import { Document, Example } from '../examples';
import { Opa } from '../opa';
import { constraintFile, templateFile } from './gatekeeperNames';

const SUITE = 'tests/suite.yaml';

/**
 * The examples of rules as a suite for `gator verify`: each object in a file of
 * its own, with what the rule says of it.
 */
export async function gatorSuite(
  rules: readonly AdmissionRule[],
  examples: readonly Example[],
  opa: Opa,
): Promise<Map<string, string>> {
  const samples = rules.flatMap(({ id, reach: { kinds } }) =>
    examples
      .filter(({ rule }) => rule === id)
      .flatMap(example => samplesOf(example, kinds)),
  );
  const messages = await refusals(samples, opa);
  const files = new Map(
    samples.map(({ file, object }) => [`tests/${file}`, yaml(object)]),
  );
  const suite = {
    apiVersion: 'test.gatekeeper.sh/v1alpha1',
    kind: 'Suite',
    metadata: { name: 'examples-of-the-rules' },
    tests: rules.map(({ id }) => ({
      name: id,
      template: `../${templateFile(id)}`,
      constraint: `../${constraintFile(id)}`,
      cases: samples.flatMap(({ rule, name, file }, index) =>
        rule === id
          ? [{ name, object: file, assertions: assertions(messages[index]) }]
          : [],
      ),
    })),
  };
  return files.set(SUITE, yaml(suite));
}

interface Sample {
  rule: string;
  name: string;
  file: string;
  object: Document;
}

function samplesOf(
  { rule, kind, name, documents }: Example,
  kinds: readonly string[],
): Sample[] {
  const objects = documents.filter(document => kinds.includes(document.kind));
  return objects.map((object, index) => {
    const title = [kind, name, ...(objects.length > 1 ? [index + 1] : [])].join(
      '-',
    );
    return { rule, name: title, file: `samples/${rule}/${title}.yaml`, object };
  });
}

/** What the rules themselves say of each sample. */
async function refusals(
  samples: readonly Sample[],
  opa: Opa,
): Promise<string[][]> {
  const scratch = mkdtempSync(join(tmpdir(), 'waymark-samples-'));
  try {
    const input = join(scratch, 'input.json');
    writeFileSync(
      input,
      JSON.stringify(
        samples.map(({ rule, object }) => ({
          rule: rule.replaceAll('-', '_'),
          object,
        })),
      ),
    );
    return JSON.parse(
      await opa([
        'eval',
        '--format',
        'raw',
        '--data',
        '.',
        '--input',
        input,
        '[[found.msg | some found in deny] | some sample in input; rule := sample.rule; asked := sample.object; deny := data.waymark.rules[rule].deny with input as asked]',
      ]),
    );
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

function assertions(messages: readonly string[]) {
  return messages.length === 0
    ? [{ violations: 'no' }]
    : [
        { violations: messages.length },
        ...[...messages].sort().map(message => ({
          violations: 1,
          message: `^${message.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}$`,
        })),
      ];
}
