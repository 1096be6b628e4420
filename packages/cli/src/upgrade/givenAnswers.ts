import { InputError } from '@backstage/errors';
import {
  Question,
  questionsOf,
  WithForm,
} from '@waymark/backstage-plugin-golden-paths-node';

/**
 * Reads `NAME=VALUE` as the form would take it: a number, a boolean or a list
 * where the question is one, a text otherwise.
 *
 * @throws InputError naming the answer that cannot be read
 */
export function givenAnswers(
  given: readonly string[],
  template: WithForm,
): Record<string, unknown> {
  const questions = questionsOf(template);
  return Object.fromEntries(
    given.map(one => {
      const [, name, text] = /^([A-Za-z][\w.-]*)=([^]*)$/.exec(one) ?? [];
      if (name === undefined) {
        throw new InputError(`--set ${one}: it must be NAME=VALUE`);
      }
      const question = questions.find(other => other.name === name);
      return [name, question ? readAnswer(question, text) : text];
    }),
  );
}

/** @throws InputError where the text is no answer of the question's type */
export function readAnswer({ name, type }: Question, text: string): unknown {
  if (type === undefined || type === 'string') return text;
  try {
    return JSON.parse(text);
  } catch {
    throw new InputError(
      `${name} must be ${
        type === 'boolean' ? 'true or false' : `a ${type}, as JSON`
      }, not ${text}`,
    );
  }
}
