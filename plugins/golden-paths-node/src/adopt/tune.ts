import { Tree } from '../upgrade';
import { EPSILON, INFER_LIMITS, Measured, Render } from './attempt';
import { Value } from './form';
import { Measure } from './likeness';
import { Reading, readAnswers } from './slots';

const NEAREST = 'the files are nearest to it';

/** Tries answers one question after the other, and keeps what fits best. */
export async function tune(
  start: Measured,
  tree: Tree,
  measure: Measure,
  render: Render,
): Promise<Measured> {
  const read = await readTrials(start, tree, render);
  let best = start;
  for (const field of start.answers.fields) {
    const before = best;
    const current = before.answers.get(field.name);
    const places = new Map(
      (read.get(field.name) ?? []).map(({ value, path }) => [value, path]),
    );
    const options = [...places.keys(), ...(field.options ?? [])]
      .filter(
        (value, index, all) =>
          value !== current?.value && all.indexOf(value) === index,
      )
      .slice(0, INFER_LIMITS.options);
    let isWorse = options.length > 0;
    for (const value of options) {
      const place = places.get(value);
      const answers = before.answers.with(field.name, {
        value,
        from: place ? `it stands in ${place}` : NEAREST,
        isTold: true,
      });
      const made = await render(
        before.version,
        answers.renderable(),
        before.environment,
      );
      if (!made) continue;
      const likeness = measure.of(made);
      if (likeness.gain > best.likeness.gain + EPSILON) {
        best = { ...before, answers, made, likeness };
      }
      isWorse &&= likeness.gain < before.likeness.gain - EPSILON;
    }
    if (best === before && current && !current.isTold && isWorse) {
      const found = { ...current, from: NEAREST, isTold: true };
      best = { ...best, answers: best.answers.with(field.name, found) };
    }
  }
  return best;
}

/** What stands where answers would stand that nobody knows. */
async function readTrials(
  { version, answers, environment, made }: Measured,
  tree: Tree,
  render: Render,
): Promise<Map<string, Reading<Value>[]>> {
  const trials = answers.trials();
  const found = new Map<string, Reading<Value>[]>();
  if (trials.size === 0) return found;
  const inputs = { ...answers.inputs(), ...Object.fromEntries(trials) };
  const tried = await render(version, inputs, environment);
  if (!tried) return found;
  for (const field of answers.fields) {
    const trial = trials.get(field.name);
    if (trial === undefined) continue;
    // Where it stands in for an answer already, every place of it is one.
    const plain = answers.get(field.name) ? made : new Map();
    found.set(field.name, readAnswers(field, trial, tried, tree, plain));
  }
  return found;
}
