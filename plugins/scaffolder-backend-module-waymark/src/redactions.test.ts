import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { inspect } from 'node:util';
import { stringify } from 'yaml';

/**
 * What .yarn/patches/plugin-scaffolder-backend.patch does to the log of a task.
 * It fails when Yarn no longer applies the patch, such as after an update.
 */
const tasks = join(
  dirname(require.resolve('@backstage/plugin-scaffolder-backend/package.json')),
  'dist/scaffolder/tasks',
);
const { WinstonLogger, withLines } = require(join(tasks, 'logger.cjs.js'));

const redacter = (...secrets: string[]) => {
  const { add, redact } = WinstonLogger.redacter();
  add(withLines(secrets));
  return redact as (text: string) => string;
};

const SECRET = `s3cret"0123/+ &<ü>'=\\x\t7%`;
const base64 = (text: string) => Buffer.from(text).toString('base64');
const json = JSON.stringify(SECRET);

describe('the log of a task', () => {
  const component = encodeURIComponent(SECRET);
  const html = SECRET.replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;');

  it.each([
    ['as it is', SECRET],
    ['in JSON', json.slice(1, -1)],
    ['in JSON in JSON', JSON.stringify(json).slice(3, -3)],
    ['in ASCII JSON', json.slice(1, -1).replace('ü', '\\u00fc')],
    [
      'in the JSON of Go',
      json
        .slice(1, -1)
        .replace('&', '\\u0026')
        .replace('<', '\\u003c')
        .replace('>', '\\u003e'),
    ],
    ['in JavaScript', inspect(SECRET).slice(1, -1)],
    ['in single-quoted YAML', SECRET.replace(/'/g, "''")],
    ['in HTML', html],
    ['in HTML, all quotes', html.replace("'", '&#39;')],
    ['in an address', component],
    [
      'in an address, small digits',
      component.replace(/%../g, one => one.toLowerCase()),
    ],
    ['in an address, strictly', component.replace("'", '%27')],
    ['in a form', new URLSearchParams({ a: SECRET }).toString().slice(2)],
    ['in a path', encodeURI(SECRET)],
    ['in hexadecimal digits', Buffer.from(SECRET).toString('hex')],
  ])('hides a secret %s', (_how, text) => {
    expect(redacter(SECRET)(`before ${text} after`)).toBe('before *** after');
  });

  it.each(['QUOTE_DOUBLE', 'QUOTE_SINGLE', 'PLAIN'] as const)(
    'hides a secret in YAML (%s)',
    defaultStringType => {
      const text = stringify({ a: SECRET }, { defaultStringType });
      const hidden = redacter(SECRET)(text);
      expect(hidden).toContain('***');
      expect(hidden).not.toContain('s3cret');
    },
  );

  it('hides a secret in base64, whatever surrounds it', () => {
    for (const before of ['', 'x', 'user:', 'ab']) {
      for (const text of [
        base64(`${before}${SECRET}\n`),
        Buffer.from(`${before}${SECRET}`).toString('base64url'),
      ]) {
        const hidden = redacter(SECRET)(text);
        // What shares a digit with something else stays.
        expect(hidden).toMatch(/^.{0,8}\*\*\*.{0,4}$/);
        expect(Buffer.from(hidden.split('***')[0], 'base64').toString())
          .not //
          .toContain('s3');
      }
    }
  });

  it('hides each line of a secret that has several', () => {
    const redact = redacter('-----BEGIN KEY-----\r\nabcdefghijkl\n}\n');
    expect(redact('got abcdefghijkl }')).toBe('got *** }');
    expect(redact('got -----BEGIN KEY----- }')).toBe('got *** }');
    expect(
      redact(`got ${JSON.stringify('-----BEGIN KEY-----\r\nabcdefghijkl\n}')}`),
    ).toBe('got "***"');
  });

  it('hides no more for a short secret than the secret', () => {
    const redact = redacter('ab');
    for (const text of ['YWI', '6162', 'plain words']) {
      expect(redact(text)).toBe(text);
    }
    expect(redact('cabs')).toBe('c***s');
  });

  it('takes texts of any size, and with broken characters', () => {
    const long = 'x"'.repeat(1_000_000);
    expect(() => redacter(long, '\ud800"broken')).not.toThrow();
    const redact = redacter('\ud800"broken');
    expect(redact('a \ud800"broken z')).toBe('a *** z');
  });

  it('is what every step writes to', () => {
    expect(
      readFileSync(join(tasks, 'NunjucksWorkflowRunner.cjs.js'), 'utf8'),
    ).toContain('taskLogger.addRedactions(logger.withLines(redactions ?? []))');
  });
});
