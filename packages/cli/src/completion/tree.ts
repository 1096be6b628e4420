import {
  Definition,
  HELP_OPTION,
  OptionDefinition,
} from '../commands/definition';

/** What can stand at a place of the command line. */
export interface Place {
  /** The commands that lead there, such as `scaffold new`; empty at the start. */
  path: string;
  commands: { name: string; about: string }[];
  options: Flag[];
  /** What can stand there beside. */
  completes?: Definition['completes'];
}

/** An option as it is written. */
export interface Flag extends OptionDefinition {
  name: string;
}

const nameAndAbout = ({ name, about }: Definition) => ({ name, about });

const flagsOf = (options: Definition['options']): Flag[] =>
  Object.entries({ ...options, ...HELP_OPTION }).map(([name, option]) => ({
    name,
    ...option,
  }));

/** Every place there is, the start first. */
export function placesOf(definitions: readonly Definition[]): Place[] {
  const start: Place = {
    path: '',
    commands: definitions.map(nameAndAbout),
    options: flagsOf({}),
  };
  return [start, ...definitions.flatMap(one => below(one, ''))];
}

function below(definition: Definition, above: string): Place[] {
  const path = `${above} ${definition.name}`.trim();
  const inner = definition.commands ?? [];
  return [
    {
      path,
      commands: inner.map(nameAndAbout),
      options: flagsOf(definition.options),
      completes: definition.completes,
    },
    ...inner.flatMap(one => below(one, path)),
  ];
}

/** Text that a POSIX shell takes as it is. */
export const quoted = (text: string) => `'${text.replace(/'/g, `'\\''`)}'`;
