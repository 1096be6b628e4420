/** Says what happens, how long it takes, and that it still goes on. */
export class Progress {
  private readonly begun = Date.now();
  private readonly live = process.stdout.isTTY === true;

  /** Runs a step; a long one shows its seconds while it goes on. */
  async step<T>(
    title: string,
    work: (note: (text: string) => void) => Promise<T>,
  ): Promise<T> {
    const begun = Date.now();
    let note = '';
    const draw = () =>
      process.stdout.write(
        `\r\x1b[2K  … ${title}${note && ` ${note}`} (${seconds(begun)})`,
      );
    const timer = setInterval(() => {
      if (this.live) draw();
      else if (Date.now() - begun > 9_000) {
        process.stdout.write(
          `  … ${title}${note && ` ${note}`} (${seconds(begun)})\n`,
        );
      }
    }, this.intervalMs);
    if (this.live) draw();
    try {
      const result = await work(text => {
        note = text;
        if (this.live) draw();
      });
      this.end(`  ✓ ${title}${note && ` ${note}`} (${seconds(begun)})`);
      return result;
    } catch (error) {
      this.end(`  ✗ ${title} (${seconds(begun)})`);
      throw error;
    } finally {
      clearInterval(timer);
    }
  }

  /** Seconds since the command began, as text. */
  elapsed(): string {
    return seconds(this.begun);
  }

  private get intervalMs() {
    return this.live ? 200 : 10_000;
  }

  private end(line: string) {
    process.stdout.write(`${this.live ? '\r\x1b[2K' : ''}${line}\n`);
  }
}

function seconds(since: number): string {
  return `${((Date.now() - since) / 1000).toFixed(1)} s`;
}
