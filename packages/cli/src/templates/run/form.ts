import type { Engine, MadeFile } from '../engine';
import { GoldenPath, Matrix, placeOfAnswer } from '../goldenPath';
import { Inputs, Problem } from '../problem';
import { Findings } from './tools/tool';

/** What a golden path makes of answers, or why it does not. */
export async function make(
  engine: Engine,
  path: GoldenPath,
  inputs: Inputs,
): Promise<MadeFile[] | Problem> {
  const rendered = await engine.render(path, inputs);
  switch (rendered.kind) {
    case 'made':
      return rendered.files;
    case 'refused':
      return {
        check: 'form',
        ...placeOfAnswer(path, wrongAnswer(rendered.reasons[0])),
        message: `the form refuses it: ${rendered.reasons.join('; ')}`,
      };
    default: {
      const { file, line, message } = rendered;
      return { check: 'render', file, line, message };
    }
  }
}

/** That the form refuses answers, at the field that is wrong. */
export async function refuse(
  engine: Engine,
  path: GoldenPath,
  { field, inputs }: Matrix['refuse'][number],
): Promise<Findings> {
  const rendered = await engine.render(path, inputs);
  const named =
    rendered.kind === 'refused' &&
    rendered.reasons.some(
      reason =>
        reason.startsWith(`instance.${field}`) || reason.includes(`"${field}"`),
    );
  if (named) return { problems: [], skipped: [] };
  const message =
    rendered.kind === 'refused'
      ? `the form refuses it for another reason: ${rendered.reasons.join('; ')}`
      : `the form takes it, though ${field} is wrong`;
  return {
    problems: [{ check: 'form', ...placeOfAnswer(path, field), message }],
    skipped: [],
  };
}

/** The field that a reason such as `instance.name does not match` is about. */
function wrongAnswer(reason: string): string {
  return (
    /^instance\.(\w+)|property "(\w+)"/.exec(reason)?.slice(1).find(Boolean) ??
    ''
  );
}
