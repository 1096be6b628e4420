import { InputError } from '@backstage/errors';
import { plain } from '../compliance/paper';
import { Paint } from '../terminal/colours';
import { readAnswer } from './answers';
import { Choice, Choices, pickerOf } from './entities';
import { Field, fieldsOf, FormSchema, problemOf, Values } from './schema';

/** Longer lists are searched instead of shown. */
const SHOWN = 12;

/** Questions that only a field of the browser can put; they take no answer there. */
const isAskable = ({ schema, required }: Field) =>
  required ||
  schema['ui:field'] === undefined ||
  ['ServiceName', 'EntityNamePicker', 'Secret'].includes(schema['ui:field']) ||
  pickerOf({ schema } as Field) !== undefined;

export const isSecret = ({ schema }: Field) => schema['ui:field'] === 'Secret';

interface Offer {
  value: unknown;
  title: string;
}

const spoken = (list: Offer[] | undefined, value: unknown) =>
  plain(
    list?.find(one => one.value === value)?.title ??
      (typeof value === 'object' ? JSON.stringify(value) : String(value)),
  );

/** How a person at a terminal is asked. */
export interface Asking {
  ask(question: string): Promise<string>;
  askSecret(question: string): Promise<string>;
  note(text: string): void;
  paint: Paint;
  choices: Choices;
  /** What is said first of a list, such as one's own teams. */
  first: readonly string[];
  /** What is wrong with an answer beyond its schema. */
  check(field: Field, value: unknown): Promise<string | undefined>;
}

/**
 * Asks page by page for what has no answer yet.
 *
 * @returns all answers
 */
export async function askForm(
  pages: readonly FormSchema[],
  given: Values,
  asking: Asking,
): Promise<Values> {
  const values = { ...given };
  for (const page of pages) {
    const asked = new Set(Object.keys(values));
    let isTitled = false;
    for (;;) {
      const field = fieldsOf(page, values).find(
        one => !asked.has(one.name) && isAskable(one),
      );
      if (!field) break;
      if (!isTitled && page.title) {
        asking.note(`\n${asking.paint('bold', plain(page.title))}\n`);
      }
      isTitled = true;
      asked.add(field.name);
      const value = await askField(field, asking);
      if (value !== undefined) values[field.name] = value;
    }
  }
  return values;
}

async function askField(field: Field, asking: Asking): Promise<unknown> {
  const { schema, title, required } = field;
  const { note, paint } = asking;
  const isOptional = !required && schema.default === undefined;
  note(
    `\n${plain(title)}${
      isOptional ? paint('dim', ' (may be left empty)') : ''
    }\n`,
  );
  if (schema.description) note(`${paint('dim', plain(schema.description))}\n`);
  const list = await listOf(field, asking);
  const fallback = schema.default ?? onlyOwn(list, asking.first);
  if (list && list.length <= SHOWN) note(shown(list, fallback, paint));
  for (;;) {
    const hint =
      fallback === undefined
        ? ''
        : paint('dim', ` [${spoken(list, fallback)}]`);
    const prompt = `${paint('green', '?')}${hint} `;
    const text = isSecret(field)
      ? await asking.askSecret(prompt)
      : (await asking.ask(prompt)).trim();
    try {
      const value = text ? await chosen(field, text, list, asking) : fallback;
      if (value === undefined && !required) return undefined;
      const problem =
        value === undefined
          ? 'An answer is needed.'
          : problemOf(field, value) ?? (await asking.check(field, value));
      if (!problem) return value;
      note(`${paint('red', plain(problem))}\n`);
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      note(`${paint('red', plain(error.message))}\n`);
    }
  }
}

/** What can be chosen; undefined where anything can be said. */
async function listOf(
  field: Field,
  { choices, first }: Asking,
): Promise<Offer[] | undefined> {
  const { schema } = field;
  const picker = pickerOf(field);
  if (picker) {
    const found = await choices.of(picker.filter);
    const isOwn = ({ ref }: Choice) => first.includes(ref);
    return [...found.filter(isOwn), ...found.filter(one => !isOwn(one))].map(
      ({ ref, title }) => ({ value: ref, title }),
    );
  }
  const names = schema.enumNames ?? [];
  if (schema.type === 'boolean') {
    return [true, false].map((value, index) => ({
      value,
      title: names[index] ?? (value ? 'Yes' : 'No'),
    }));
  }
  return schema.enum?.map((value, index) => ({
    value,
    title: names[index] ?? String(value),
  }));
}

/** One's only team is likely the owner. */
function onlyOwn(list: Offer[] | undefined, first: readonly string[]) {
  const own = list?.filter(({ value }) => first.includes(String(value))) ?? [];
  return own.length === 1 ? own[0].value : undefined;
}

function shown(list: Offer[], fallback: unknown, paint: Paint): string {
  return list
    .map(({ value, title }, index) => {
      const line = `  ${index + 1}  ${plain(title)}`;
      return `${value === fallback ? paint('bold', line) : line}\n`;
    })
    .join('');
}

async function chosen(
  field: Field,
  text: string,
  list: Offer[] | undefined,
  { choices, note }: Asking,
): Promise<unknown> {
  if (!list) return readAnswer(field, text);
  if (list.length <= SHOWN && /^\d+$/.test(text)) {
    const offer = list[Number(text) - 1];
    if (offer) return offer.value;
    throw new InputError(`Choose 1 to ${list.length}.`);
  }
  const wanted = text.toLowerCase();
  const exact = list.find(({ title }) => title.toLowerCase() === wanted);
  if (exact) return exact.value;
  const near = list.filter(({ value, title }) =>
    `${title} ${value}`.toLowerCase().includes(wanted),
  );
  if (near.length === 1) return near[0].value;
  if (near.length > 1) {
    note(
      near
        .slice(0, SHOWN)
        .map(
          ({ title, value }) => `  ${plain(title)}  ${plain(String(value))}\n`,
        )
        .join(''),
    );
    throw new InputError(`${near.length} are called so: say more of its name.`);
  }
  return pickerOf(field) ? choices.read(field, text) : readAnswer(field, text);
}
