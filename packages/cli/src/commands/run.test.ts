import type { Context } from './Context';
import { CHECKOUT_COMMANDS } from './inCheckout';
import { nearest } from './nearest';
import { PACKED_COMMANDS } from './packed';
import { runCommand } from './run';

const ran = async (args: string[], commands = PACKED_COMMANDS) => {
  const out: string[] = [];
  const context = {
    cwd: '/',
    env: {},
    definitions: [],
    out: text => out.push(text),
    note: () => undefined,
    progress: () => undefined,
  } as Context;
  const code = await runCommand(commands, args, context);
  return { code, text: out.join('') };
};

describe('the commands', () => {
  it.each([
    [['lgoin'], 'There is no command lgoin. Did you mean login?'],
    [['scaffold', 'nwe'], 'Did you mean new? waymark scaffold --help'],
    [['frobnicate'], /^There is no command frobnicate\.$/],
    [['start'], "works in Waymark's checkout only"],
    [['templates', 'test'], 'there it is ./waymark templates test'],
  ])('%j is answered in words', async (args, words) => {
    await expect(ran(args)).rejects.toThrow(words);
  });

  it('each tells its help, and every option of it', async () => {
    for (const { definition, tellsHelp } of CHECKOUT_COMMANDS) {
      const { name, options, commands = [] } = definition;
      const whole = await ran([name, '--help'], CHECKOUT_COMMANDS).catch(
        error => error as Error,
      );
      // What needs a checkout says that it has none before it is asked.
      if (tellsHelp) continue;
      expect(whole).toMatchObject({ code: 0 });
      for (const option of Object.keys(options)) {
        expect(whole).toMatchObject({
          text: expect.stringContaining(`--${option}`),
        });
      }
      for (const inner of commands) {
        const { code, text } = await ran([name, inner.name, '-h']);
        expect(code).toBe(0);
        expect(text).toContain(`waymark ${name} ${inner.name}`);
        for (const option of Object.keys(inner.options)) {
          expect(text).toContain(`--${option}`);
        }
      }
    }
  });

  it('a group without a command tells its own, and could not run', async () => {
    const { code, text } = await ran(['scaffold']);
    expect(code).toBe(2);
    expect(text).toMatch(/^ {2}new +Makes/m);
  });

  it('the name that was likely meant is near, or there is none', () => {
    const names = ['login', 'logout', 'scaffold', 'status', 'start'];
    expect(nearest('scafold', names)).toBe('scaffold');
    expect(nearest('strat', names)).toBe('start');
    expect(nearest('scaf', names)).toBe('scaffold');
    expect(nearest('LOGIN', names)).toBe('login');
    expect(nearest('open', names)).toBeUndefined();
  });
});
