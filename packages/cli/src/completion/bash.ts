import { Flag, Place, quoted } from './tree';

const KINDS = { files: '-f', folders: '-d' } as const;

/** Its short form is not offered: the long one says what it does. */
const flags = ({ name }: Flag) => [`--${name}`];

const steps = (places: readonly Place[]) =>
  places
    .filter(({ path }) => path)
    .map(
      ({ path }) => `      ${quoted(` ${path}`)}) at=${quoted(` ${path}`)} ;;`,
    )
    .join('\n');

/** For bash, by `source`. */
export function bashScript(places: readonly Place[]): string {
  return `# Completion of waymark for bash.
_waymark() {
  local cur=\${COMP_WORDS[COMP_CWORD]} prev=\${COMP_WORDS[COMP_CWORD - 1]}
  local at='' words='' files='' i
  for ((i = 1; i < COMP_CWORD; i++)); do
    case "$at \${COMP_WORDS[i]}" in
${steps(places)}
    esac
  done
  case "$at $prev" in
${places.flatMap(values).join('\n')}
  esac
  case "$at" in
${places.map(place).join('\n')}
  esac
  COMPREPLY=($(compgen -W "$words" -- "$cur"))
  if [[ -n $files && $cur != -* ]]; then
    compopt -o filenames 2>/dev/null
    COMPREPLY+=($(compgen "$files" -- "$cur"))
  fi
}
complete -F _waymark waymark
`;
}

/** What stands after an option that takes a value. */
function values({ path, options }: Place): string[] {
  const at = path && ` ${path}`;
  return options
    .filter(({ type }) => type === 'string')
    .map(option => {
      const names = flags(option)
        .map(flag => quoted(`${at} ${flag}`))
        .join(' | ');
      if (option.choices) {
        const words = quoted(option.choices.join(' '));
        return `    ${names}) COMPREPLY=($(compgen -W ${words} -- "$cur")); return ;;`;
      }
      const kind = option.completes && KINDS[option.completes];
      return kind
        ? `    ${names}) compopt -o filenames 2>/dev/null; COMPREPLY=($(compgen ${kind} -- "$cur")); return ;;`
        : `    ${names}) COMPREPLY=(); return ;;`;
    });
}

function place({ path, commands, options, completes }: Place): string {
  const names = commands.map(({ name }) => name);
  const words = [...names, ...options.flatMap(flags)];
  const more = typeof completes === 'string' ? completes : undefined;
  if (typeof completes === 'object') words.unshift(...completes);
  const sets = [
    `words=${quoted(words.join(' '))}`,
    ...(more ? [`files=${KINDS[more]}`] : []),
  ];
  return `    ${quoted(path && ` ${path}`)}) ${sets.join(' ')} ;;`;
}
