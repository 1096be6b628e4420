import {
  AdoptionAnswerField,
  AdoptionCandidate,
} from '@waymark/backstage-plugin-golden-paths-common';

/** Answers as they stand in fields, by name; empty where there is none. */
export type Said = Record<string, string>;

/** What is known of the answers, as it stands in the fields first. */
export function saidOf({ answers }: AdoptionCandidate): Said {
  return Object.fromEntries(
    answers.map(({ name, value }) => [
      name,
      value === null ? '' : String(value),
    ]),
  );
}

function valueOf({ type, options }: AdoptionAnswerField, text: string) {
  const option = options?.find(({ value }) => String(value) === text);
  if (option) return option.value;
  if (type === 'boolean') return text === 'true';
  return type === 'string' ? text : Number(text);
}

/** The same as the form of the golden path takes them. */
export function inputsOf({ answers }: AdoptionCandidate, said: Said) {
  return Object.fromEntries(
    answers.flatMap(answer => {
      const text = said[answer.name] ?? '';
      return text === '' ? [] : [[answer.name, valueOf(answer, text)]];
    }),
  );
}

/** Whether everything is answered that has to be. */
export function isAnswered({ answers }: AdoptionCandidate, said: Said) {
  return answers.every(({ name, required }) => !required || said[name]);
}
