import { Field, takes, Value } from './form';
import { Found } from './stated';
import { trialAnswer } from './slots';

const USUAL = 'the usual answer: the files do not tell';

/** What is known of the answers to one version's form. */
export class Answers {
  private constructor(
    readonly fields: readonly Field[],
    private readonly found: ReadonlyMap<string, Found>,
  ) {}

  /** @param known - what is told already; what the form does not take is left out */
  static from(
    fields: readonly Field[],
    known: ReadonlyMap<string, Found>,
  ): Answers {
    const found = new Map<string, Found>();
    for (const field of fields) {
      const told = known.get(field.name);
      if (told && takes(field, told.value)) found.set(field.name, told);
      else if (field.default !== undefined) {
        const value = field.default;
        found.set(field.name, { value, from: USUAL, isTold: false });
      }
    }
    return new Answers(fields, found);
  }

  get(name: string): Found | undefined {
    return this.found.get(name);
  }

  with(name: string, found: Found): Answers {
    return new Answers(this.fields, new Map(this.found).set(name, found));
  }

  /** The same answers, as another version asks for them. */
  to(fields: readonly Field[]): Answers {
    const told = [...this.found].filter(([, { from }]) => from !== USUAL);
    return Answers.from(fields, new Map(told));
  }

  /** As they are recorded, in the order of the form. */
  inputs(): Record<string, Value> {
    return Object.fromEntries(
      this.fields.flatMap(({ name }) => {
        const one = this.found.get(name);
        return one ? [[name, one.value]] : [];
      }),
    );
  }

  /** What has to be answered and is not known. */
  missing(): Field[] {
    return this.fields.filter(
      ({ name, required }) => required && !this.found.has(name),
    );
  }

  /** Answers that stand in for those nobody knows, to see where they would be. */
  trials(): Map<string, Value> {
    return new Map(
      this.fields.flatMap((field, index): [string, Value][] => {
        if (field.options || this.found.get(field.name)?.isTold) return [];
        const trial = trialAnswer(field, index);
        return trial === undefined ? [] : [[field.name, trial]];
      }),
    );
  }

  /**
   * Answers that a version can be rendered with, although some are not known.
   *
   * @returns undefined where none can be thought of
   */
  renderable(): Record<string, Value> | undefined {
    const trials = this.trials();
    const inputs = this.inputs();
    for (const { name } of this.missing()) {
      const trial = trials.get(name);
      if (trial === undefined) return undefined;
      inputs[name] = trial;
    }
    return inputs;
  }
}
