import { parseArgs } from 'node:util';
import { InputError } from '@backstage/errors';

/** An option, as `parseArgs` reads it and as help and completion tell of it. */
export interface OptionDefinition {
  type: 'string' | 'boolean';
  short?: string;
  multiple?: boolean;
  /** One line. */
  about: string;
  /** What stands for its value, such as `URL`. */
  value?: string;
  /** The only values that it takes. */
  choices?: readonly string[];
  /** What the shell offers as its value. */
  completes?: 'files' | 'folders';
}

export type Options = Readonly<Record<string, OptionDefinition>>;

/** A command, or a group of them. */
export interface Definition<O extends Options = Options> {
  name: string;
  /** One line. */
  about: string;
  /** What stands after it, such as `[COMPONENT]`. */
  args?: string;
  /** What the shell offers for that. */
  completes?: 'files' | 'folders' | readonly string[];
  options: O;
  /** More of its help. */
  details?: string;
  commands?: readonly Definition[];
}

/** Keeps the names of the options, by which their values are typed. */
export const define = <const O extends Options>(definition: Definition<O>) =>
  definition;

export const HELP_OPTION = {
  help: { type: 'boolean', short: 'h', about: 'this text' },
} as const satisfies Options;

export const JSON_OPTION = {
  json: { type: 'boolean', about: 'the result for programs' },
} as const satisfies Options;

export const PORTAL_OPTION = {
  portal: {
    type: 'string',
    value: 'URL',
    about: 'the portal; WAYMARK_URL or the last sign-in unless said',
  },
} as const satisfies Options;

/**
 * Reads what stands after a command.
 *
 * @throws InputError in words
 */
export function parse<const O extends Options>(
  { options }: Definition<O>,
  args: string[],
) {
  const parsed = readOptions(options, args);
  for (const [name, { choices }] of Object.entries<OptionDefinition>(options)) {
    const given = [(parsed.values as Record<string, unknown>)[name]].flat();
    const wrong = given.find(
      value => choices && value !== undefined && !choices.includes(`${value}`),
    );
    if (wrong !== undefined) {
      throw new InputError(
        `--${name} is one of ${choices!.join(', ')}, not ${wrong}`,
      );
    }
  }
  return parsed;
}

function readOptions<const O extends Options>(options: O, args: string[]) {
  try {
    return parseArgs({ args, allowPositionals: true, options });
  } catch (error) {
    throw new InputError((error as Error).message);
  }
}
