import { Flag, Place, quoted } from './tree';

/** For zsh, by `source` or as a file `_waymark` in `$fpath`. */
export function zshScript(places: readonly Place[]): string {
  return `#compdef waymark
# Completion of waymark for zsh.
_waymark() {
  local at='' word
  local -a commands options
  for word in "\${(@)words[2,CURRENT-1]}"; do
    case "$at $word" in
${places
  .filter(({ path }) => path)
  .map(({ path }) => `      ${quoted(` ${path}`)}) at=${quoted(` ${path}`)} ;;`)
  .join('\n')}
    esac
  done
  case "$at \${words[CURRENT-1]}" in
${places.flatMap(values).join('\n')}
  esac
  case "$at" in
${places.map(place).join('\n')}
  esac
  if [[ $PREFIX == -* ]]; then
    _describe -o option options
    return
  fi
  (( \${#commands} )) && _describe command commands
}
if [[ $zsh_eval_context[-1] == loadautofunc ]]; then
  _waymark "$@"
else
  (( $+functions[compdef] )) || { autoload -Uz compinit && compinit }
  compdef _waymark waymark
fi
`;
}

const KINDS = { files: '_files', folders: '_files -/' } as const;

function values({ path, options }: Place): string[] {
  const at = path && ` ${path}`;
  return options
    .filter(({ type }) => type === 'string')
    .map(option => {
      const { name } = option;
      return `    ${quoted(`${at} --${name}`)}) ${offerOf(option)}; return ;;`;
    });
}

function offerOf({ choices, completes, value = 'text' }: Flag): string {
  if (choices) return `compadd -- ${choices.map(quoted).join(' ')}`;
  return completes ? KINDS[completes] : `_message ${quoted(value)}`;
}

function place({ path, commands, options, completes }: Place): string {
  const described = (name: string, about: string) =>
    quoted(`${name.replace(/:/g, '\\:')}:${about}`);
  const list = [
    ...(typeof completes === 'object'
      ? completes.map(word => quoted(word))
      : []),
    ...commands.map(({ name, about }) => described(name, about)),
  ];
  const flags = options.map(({ name, about }) => described(`--${name}`, about));
  const sets = [`commands=(${list.join(' ')})`, `options=(${flags.join(' ')})`];
  if (typeof completes === 'string') {
    sets.push(`[[ $PREFIX == -* ]] || ${KINDS[completes]}`);
  }
  return `    ${quoted(path && ` ${path}`)}) ${sets.join('; ')} ;;`;
}
