import { Answers } from './Answers';

/** Something computed by hand: it ends when it is told to. */
class Work {
  version = '1';
  readonly begun: { version: string; end: (error?: Error) => void }[] = [];

  readonly computation = {
    version: async () => this.version,
    answer: () => {
      const { version } = this;
      return new Promise<string>((done, fail) => {
        const end = (error?: Error) => (error ? fail(error) : done(version));
        this.begun.push({ version, end });
      });
    },
  };

  async nth(n: number) {
    while (this.begun.length < n) await new Promise(setImmediate);
    return this.begun[n - 1];
  }
}

describe('Answers', () => {
  let answers: Answers<string>;
  let work: Work;
  const ask = () => answers.get('question', work.computation);

  beforeEach(() => {
    answers = new Answers();
    work = new Work();
  });

  it('are computed once for all who ask at the same time, and kept', async () => {
    const asked = [ask(), ask(), ask()];
    (await work.nth(1)).end();
    expect(await Promise.all(asked)).toEqual(['1', '1', '1']);
    expect(await ask()).toBe('1');
    expect(work.begun).toHaveLength(1);
  });

  it('are of no version from before they were asked for, and once for all who waited', async () => {
    const early = ask();
    const first = await work.nth(1);
    work.version = '2';
    const late = [ask(), ask(), ask()];
    await new Promise(setImmediate);
    work.version = '3';
    first.end();
    expect(await early).toBe('1');
    (await work.nth(2)).end();
    expect(await Promise.all(late)).toEqual(['3', '3', '3']);
    expect(work.begun).toHaveLength(2);
  });

  it('that failed are computed anew', async () => {
    const failing = ask();
    (await work.nth(1)).end(new Error('no database'));
    await expect(failing).rejects.toThrow('no database');
    const again = ask();
    (await work.nth(2)).end();
    expect(await again).toBe('1');
  });

  it('whose computation fails do not fail for those who asked for the next', async () => {
    const failing = ask();
    const first = await work.nth(1);
    work.version = '2';
    const late = ask();
    await new Promise(setImmediate);
    first.end(new Error('no database'));
    await expect(failing).rejects.toThrow('no database');
    (await work.nth(2)).end();
    expect(await late).toBe('2');
  });
});
