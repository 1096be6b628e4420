import { Definition, HELP_OPTION, OptionDefinition } from './definition';

/** What `--help` tells of a command; `path` is what leads to it. */
export function helpOf(definition: Definition, path: readonly string[]) {
  const { about, args, commands, details, options } = definition;
  const call = ['waymark', ...path].join(' ');
  const usage = commands?.length ? '<command>' : args;
  const parts = [
    `Usage: ${[call, usage, '[options]'].filter(Boolean).join(' ')}`,
    about,
  ];
  if (commands?.length) {
    parts.push(
      table(
        commands.map(one => [
          [one.name, one.args].filter(Boolean).join(' '),
          one.about,
        ]),
      ),
    );
  }
  if (details) parts.push(details.trim());
  const listed = Object.entries({ ...options, ...HELP_OPTION });
  parts.push(
    `Options:\n${table(
      listed.map(([name, option]) => [flagOf(name, option), option.about]),
    )}`,
  );
  return `${parts.join('\n\n')}\n`;
}

function flagOf(name: string, option: OptionDefinition): string {
  const short = option.short ? `-${option.short}, ` : '';
  const value = option.choices?.join('|') ?? option.value;
  return `${short}--${name}${
    option.type === 'string' ? ` ${value ?? 'TEXT'}` : ''
  }`;
}

function table(rows: [string, string][]): string {
  const width = Math.max(...rows.map(([name]) => name.length));
  return rows
    .map(([name, about]) => `  ${name.padEnd(width)}  ${about}`)
    .join('\n');
}
