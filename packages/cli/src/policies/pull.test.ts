import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer, Server } from 'node:http';
import { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { policiesCommand } from './command';

const TOKEN = 'token-of-ci';
const HEAD =
  '# What the platform team has exempted.\n#\n#   - rule: pinned-image\n\n';
const REGO = `# METADATA
# custom:
#   id: runbook
#   trial: true
#   severity: high
package waymark.rules.runbook

# Nothing to do with it:
#   trial: true
deny := set()
`;
const labels = {
  rule: 'runbook',
  service: 'parcel-labels',
  until: '2026-12-31',
  reason: 'Said: they will, from January; # really',
};
const basket = { rule: 'pinned-image', service: 'basket', until: '2027-01-31' };

describe('./waymark policies pull', () => {
  let server: Server;
  let portal: string;
  let root: string;
  let answers: Record<string, unknown>;
  let asked: { url?: string; token?: string }[];

  const write = (file: string, text: string) =>
    writeFileSync(join(root, 'policies', file), text);

  beforeAll(async () => {
    server = createServer((request, response) => {
      const { url = '', headers } = request;
      asked.push({ url, token: headers.authorization });
      if (headers.authorization !== `Bearer ${TOKEN}`)
        response.statusCode = 401;
      else if (!(url in answers)) response.statusCode = 404;
      else if (typeof answers[url] === 'number') {
        response.statusCode = answers[url];
      }
      response.end(JSON.stringify(answers[url] ?? {}));
    });
    await new Promise<void>(done => {
      server.listen(0, '127.0.0.1', done);
    });
    portal = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });

  beforeEach(() => {
    asked = [];
    answers = {
      '/api/compliance/exemptions/export?complete=true': [labels, basket],
      '/api/compliance/rules/promoted': [
        { rule: 'runbook', since: '2026-11-20T08:00:00.000Z', campaign: 'c1' },
      ],
    };
    root = mkdtempSync(join(tmpdir(), 'waymark-pull-'));
    for (const rule of ['runbook', 'pinned-image']) {
      mkdirSync(join(root, 'policies', rule), { recursive: true });
      writeFileSync(join(root, 'policies', rule, 'rule.rego'), REGO);
    }
    write(
      'exemptions.yaml',
      `${HEAD}- rule: runbook\n  service: parcel-labels\n  until: '2026-11-30'\n- rule: sbom\n  service: old\n  until: '2026-01-01'\n`,
    );
    process.env.WAYMARK_TOKEN = `${TOKEN}\n`;
  });

  afterEach(() => {
    rmSync(root, { recursive: true });
    delete process.env.WAYMARK_TOKEN;
  });

  afterAll(() => {
    server.close();
  });

  const read = (file: string) =>
    readFileSync(join(root, 'policies', file), 'utf8');
  const pull = async (...args: string[]) => {
    let text = '';
    const more = (said: string) => {
      text += said;
    };
    const code = await policiesCommand(['pull', '--portal', portal, ...args], {
      root,
      out: more,
      progress: more,
    });
    expect(text).not.toContain(TOKEN);
    return { code, text };
  };

  it('writes what the portal has decided, and then has nothing to do', async () => {
    const { code, text } = await pull();
    expect(code).toBe(0);
    expect(text.split('\n').map(line => line.trim())).toEqual([
      '+ pinned-image for basket until 2027-01-31',
      '~ runbook for parcel-labels until 2026-12-31',
      '- sbom for old',
      '✓ runbook is on trial no longer',
      '',
      'Run ./waymark policies build and commit.',
      '',
    ]);
    expect(read('exemptions.yaml')).toBe(
      `${HEAD}- rule: pinned-image
  service: basket
  until: '2027-01-31'
- rule: runbook
  service: parcel-labels
  until: '2026-12-31'
  reason: "Said: they will, from January; # really"
`,
    );
    expect(read('runbook/rule.rego')).toBe(
      REGO.replace('#   trial: true\n', ''),
    );
    expect(read('pinned-image/rule.rego')).toBe(REGO);
    expect(asked.map(({ token }) => token)).toEqual([
      `Bearer ${TOKEN}`,
      `Bearer ${TOKEN}`,
    ]);

    const before = read('exemptions.yaml');
    expect(await pull('--check')).toEqual({
      code: 0,
      text: '  ✓ policies/ is what the portal has decided\n',
    });
    expect(read('exemptions.yaml')).toBe(before);
  });

  it.each<[string, number]>([
    ['--dry-run', 0],
    ['--check', 1],
  ])('changes nothing with %s', async (option, expected) => {
    const before = read('exemptions.yaml');
    const { code, text } = await pull(option, '--json');
    expect(code).toBe(expected);
    expect(JSON.parse(text)).toEqual({
      written: false,
      files: ['policies/exemptions.yaml', 'policies/runbook/rule.rego'],
      added: [basket],
      changed: [labels],
      removed: [{ rule: 'sbom', service: 'old', until: '2026-01-01' }],
      promoted: ['runbook'],
      unknown: [],
    });
    expect(read('exemptions.yaml')).toBe(before);
    expect(read('runbook/rule.rego')).toBe(REGO);
  });

  it('leaves out rules that the checkout does not have, and empties the list', async () => {
    answers = {
      '/api/compliance/exemptions/export?complete=true': [
        { ...basket, rule: 'newer' },
        { ...basket, rule: '../lib' },
      ],
    };
    const { text } = await pull();
    expect(text).toContain('! newer is left out');
    expect(read('exemptions.yaml')).toBe(`${HEAD}[]\n`);
    expect(read('runbook/rule.rego')).toBe(REGO);
  });

  it.each<[string, () => void, RegExp]>([
    [
      'is refused',
      () => {
        process.env.WAYMARK_TOKEN = 'another-token';
      },
      /answers 401: WAYMARK_TOKEN is missing, wrong or over$/,
    ],
    [
      'has no token to be sent',
      () => {
        process.env.WAYMARK_TOKEN = `${TOKEN} ${TOKEN}\u0007`;
      },
      /WAYMARK_TOKEN holds what no token does/,
    ],
    [
      'would be told a part',
      () => {
        answers['/api/compliance/exemptions/export?complete=true'] = 403;
      },
      /answers 403: the token must be able to read every component$/,
    ],
    [
      'is told something else',
      () => {
        answers['/api/compliance/exemptions/export?complete=true'] = [
          { rule: 'runbook' },
        ];
      },
      /^The portal's exemptions are not as they must be: 0\.service/,
    ],
    [
      'is not told of promoted rules',
      () => {
        answers['/api/compliance/rules/promoted'] = 503;
      },
      /answers 503$/,
    ],
    [
      'asks no portal',
      () => {
        answers = {};
      },
      /^There is no Waymark at /,
    ],
  ])('changes nothing where it %s', async (_, spoil, words) => {
    spoil();
    const before = read('exemptions.yaml');
    const pulled = pull();
    await expect(pulled).rejects.toThrow(words);
    await expect(pulled).rejects.not.toThrow(TOKEN);
    expect(read('exemptions.yaml')).toBe(before);
    expect(read('runbook/rule.rego')).toBe(REGO);
  });

  it('sends the token by https only, and where it is told', async () => {
    await expect(
      policiesCommand(['pull', '--portal', 'http://portal.example'], {
        root,
        out: () => {},
        progress: () => {},
      }),
    ).rejects.toThrow('WAYMARK_TOKEN is sent by https only');
    await expect(
      policiesCommand(['pull', '--portal', 'portal.example'], {
        root,
        out: () => {},
        progress: () => {},
      }),
    ).rejects.toThrow('--portal must be an address');
    await expect(
      policiesCommand(['build', '--dry-run'], {
        root,
        out: () => {},
        progress: () => {},
      }),
    ).rejects.toThrow('That is an option of pull');
  });
});
