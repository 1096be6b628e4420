import { InputError } from '@backstage/errors';

/** A question of a template's form. */
export interface Question {
  name: string;
  title: string;
  type: string | undefined;
  default: unknown;
  required: boolean;
}

/** A template, as far as its form is read here. */
export interface WithForm {
  spec: object;
}

/** The questions of a template's form, in its order. */
export function questionsOf({ spec }: WithForm): Question[] {
  const parameters: unknown = 'parameters' in spec ? spec.parameters : [];
  return [parameters].flat().flatMap(page => {
    if (!isObject(page) || !isObject(page.properties)) return [];
    const required = Array.isArray(page.required) ? page.required : [];
    return Object.entries(page.properties).map(([name, field]) => {
      const {
        title,
        type,
        default: usual,
      } = isObject(field) ? field : ({} as Record<string, unknown>);
      return {
        name,
        title: typeof title === 'string' ? title : name,
        type: typeof type === 'string' ? type : undefined,
        default: usual,
        required: required.includes(name),
      };
    });
  });
}

/** What is said to the questions of a new version. */
export interface GivenAnswers {
  /** Goes before what was answered before. */
  given?: Readonly<Record<string, unknown>>;
  /** For what was not answered before, and not given either. */
  otherwise?: Readonly<Record<string, unknown>>;
}

/** Answers to a new version of a form. */
export interface NewAnswers {
  inputs: Record<string, unknown>;
  /** Names that are answered now and were not before. */
  added: string[];
  /** Questions without a default that have to be answered. */
  missing: Question[];
}

/**
 * The answers that a new version is rendered with: those given before stay unless
 * others are given now, what only the new version asks is as said now or else its
 * default. What the old version asked and nobody answered stays unanswered.
 *
 * @throws InputError where an answer is given to what is not asked
 */
export function answersFor(
  versions: { old: WithForm; next: WithForm },
  recorded: Readonly<Record<string, unknown>>,
  { given = {}, otherwise = {} }: GivenAnswers,
): NewAnswers {
  const asked = questionsOf(versions.next);
  const before = new Set(questionsOf(versions.old).map(({ name }) => name));
  const unknown = Object.keys({ ...otherwise, ...given }).find(
    name => !asked.some(question => question.name === name),
  );
  if (unknown !== undefined) {
    throw new InputError(
      `The golden path does not ask ${unknown}; it asks ${asked
        .map(({ name }) => name)
        .join(', ')}`,
    );
  }
  const inputs: Record<string, unknown> = {
    ...otherwise,
    ...recorded,
    ...given,
  };
  for (const { name, default: usual } of asked) {
    const isNew = !Object.hasOwn(inputs, name) && !before.has(name);
    if (isNew && usual !== undefined) inputs[name] = usual;
  }
  return {
    inputs,
    added: Object.keys(inputs).filter(name => !Object.hasOwn(recorded, name)),
    missing: asked.filter(
      ({ name, required }) => required && !Object.hasOwn(inputs, name),
    ),
  };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
