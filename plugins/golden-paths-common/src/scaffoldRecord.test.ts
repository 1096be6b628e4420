import fc from 'fast-check';
import {
  formatScaffoldRecord,
  parseScaffoldRecord,
  recordedCommit,
  ScaffoldRecord,
} from './scaffoldRecord';

const record: ScaffoldRecord = {
  apiVersion: 'waymark.dev/v1',
  kind: 'Scaffold',
  template: {
    ref: 'template:default/node-api',
    version: '2.0.0',
    commit: 'c0ffee'.padEnd(40, '0'),
  },
  inputs: { name: 'quotes', database: true, replicas: 2 },
  environment: {
    gitHost: 'localhost:7300',
    gitOwner: 'tidewater',
    gitUrl: 'http://localhost:7300',
    portalUrl: 'http://localhost:7007',
  },
};
const text = formatScaffoldRecord(record);

describe('the record of a made repository', () => {
  it('is read as it was written, whatever the answers are', () => {
    const name = fc.stringMatching(/^[A-Za-z][A-Za-z0-9_]{0,9}$/);
    const answer = fc.jsonValue({ maxDepth: 3, noUnicodeString: false });
    fc.assert(
      fc.property(fc.dictionary(name, answer, { maxKeys: 5 }), inputs => {
        const plain = JSON.parse(JSON.stringify(inputs));
        const written = formatScaffoldRecord({ ...record, inputs: plain });
        expect(parseScaffoldRecord(written)).toEqual({
          ...record,
          inputs: plain,
        });
      }),
    );
    for (const odd of ['\u2028', '\ud800', '\u007f', ' # no', '${{ x }}', '']) {
      const inputs = { yes: odd, null: [odd] };
      expect(
        parseScaffoldRecord(formatScaffoldRecord({ ...record, inputs })).inputs,
      ).toEqual(inputs);
    }
  });

  it('is read as golden paths write it without answers or a commit', () => {
    const bare = text
      .replace(/inputs:\n( {2}.*\n)+?(?=environment)/, 'inputs:\n')
      .replace(/ {2}commit: .*\n/, '');
    const read = parseScaffoldRecord(bare);
    expect(read.inputs).toEqual({});
    expect(recordedCommit(read)).toBeUndefined();
    expect(recordedCommit(record)).toBe(record.template.commit);
    expect(
      recordedCommit(
        parseScaffoldRecord(
          text.replace(/commit: .*/, `commit: '${'0'.repeat(40)}'`),
        ),
      ),
    ).toBeUndefined();
  });

  const levels = `${'['.repeat(20)}1${']'.repeat(20)}`;
  const odd: [what: string, text: string, message: RegExp][] = [
    ['nothing', '', /one document/],
    ['two documents', `${text}---\n${text}`, /one document/],
    ['no YAML', 'a: [', /Flow sequence/],
    ['a list', '- a', /expected object/],
    ['a thousand levels', '['.repeat(60_000), /Maximum call stack|levels/],
    ['too many levels', text.replace(': 2\n', `: ${levels}\n`), /levels/],
    [
      'too many values',
      text.replace(': 2\n', `: [${'1,'.repeat(3000)}]\n`),
      /too many values/,
    ],
    ['a large text', `#${'x'.repeat(70_000)}`, /larger than 64 KiB/],
    ['an alias', 'a: &a [1]\nb: *a', /no aliases/],
    ['a prototype', text.replace('  name', '  __proto__'), /__proto__/],
    [
      'another kind',
      text.replace('Scaffold', 'Component'),
      /kind: .*"Scaffold"/,
    ],
    ['a key too many', `${text}more: 1\n`, /Unrecognized key: "more"/],
    [
      'no version',
      text.replace('"2.0.0"', '2.0'),
      /template.version: .*string/,
    ],
    [
      'half a version',
      text.replace('2.0.0', 'v2'),
      /must be a version such as/,
    ],
    [
      'a path for a template',
      text.replace('default/node-api', 'default/../../etc'),
      /template.ref: must be such as/,
    ],
    ['an option for a commit', text.replace('c0ffee', '--outp'), /a commit/],
    [
      'a script for an address',
      text.replace('"http://localhost:7007"', '"javascript:alert(1)"'),
      /environment.portalUrl: Invalid URL/,
    ],
    [
      'an expression in an address',
      text.replace('localhost:7007', "localhost/${{'x'}}"),
      /environment.portalUrl: must have no quotes/,
    ],
    [
      'an expression for a question',
      text.replace('  replicas', '  "${{ x }}"'),
      /name of a question/,
    ],
  ];
  it.each(odd)('cannot be %s', (_, bad, message) => {
    expect(() => parseScaffoldRecord(bad)).toThrow(message);
    expect(() => parseScaffoldRecord(bad)).toThrow(
      /^\.waymark\/scaffold\.yaml cannot be used: /,
    );
  });
});
