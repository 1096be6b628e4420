interface Asked<In, Out> {
  one: In;
  resolve(out: Out): void;
  reject(error: unknown): void;
}

/** Does at once what is asked for while the last is under way. */
export class Together<In, Out> {
  private waiting: Asked<In, Out>[] = [];
  private busy = false;

  constructor(
    /** One result for each, in their order. */
    private readonly all: (ones: In[]) => Promise<Out[]>,
    private readonly most: number,
  ) {}

  do(one: In): Promise<Out> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ one, resolve, reject });
      if (!this.busy) void this.work();
    });
  }

  private async work() {
    this.busy = true;
    while (this.waiting.length > 0) {
      await this.attempt(this.waiting.splice(0, this.most));
    }
    this.busy = false;
  }

  /** One that fails does not fail others. */
  private async attempt(asked: Asked<In, Out>[]): Promise<void> {
    try {
      const outs = await this.all(asked.map(({ one }) => one));
      asked.forEach(({ resolve }, i) => resolve(outs[i]));
    } catch (error) {
      if (asked.length === 1) asked[0].reject(error);
      else for (const one of asked) await this.attempt([one]);
    }
  }
}
