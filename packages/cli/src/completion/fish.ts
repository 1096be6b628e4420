import { Place } from './tree';

const quoted = (text: string) =>
  `'${text.replace(/\\/g, '\\\\').replace(/'/g, "\\'")}'`;

/** For fish, as a file of its completions. */
export function fishScript(places: readonly Place[]): string {
  const known = places.filter(({ path }) => path);
  return `# Completion of waymark for fish.
function __waymark_at
    set -l at ''
    for word in (commandline -opc)[2..]
        switch "$at $word"
${known
  .map(
    ({ path }) =>
      `            case ${quoted(` ${path}`)}\n                set at ${quoted(
        ` ${path}`,
      )}`,
  )
  .join('\n')}
        end
    end
    test "$at" = "$argv[1]"
end
complete -c waymark -f
${places.flatMap(lines).join('\n')}
`;
}

function lines({ path, commands, options, completes }: Place): string[] {
  const when = `-n ${quoted(`__waymark_at ${quoted(path && ` ${path}`)}`)}`;
  const offer = (words: string, about: string) =>
    `complete -c waymark ${when} -a ${quoted(words)} -d ${quoted(about)}`;
  return [
    ...commands.map(({ name, about }) => offer(name, about)),
    ...(typeof completes === 'object'
      ? completes.map(word => offer(word, ''))
      : []),
    ...(completes === 'files' ? [`complete -c waymark ${when} -F`] : []),
    ...(completes === 'folders'
      ? [`complete -c waymark ${when} -a '(__fish_complete_directories)'`]
      : []),
    ...options.map(option => {
      const parts = [`complete -c waymark ${when} -l ${option.name}`];
      if (option.short) parts.push(`-s ${option.short}`);
      if (option.choices) parts.push(`-xa ${quoted(option.choices.join(' '))}`);
      else if (option.completes === 'folders') {
        parts.push(`-xa '(__fish_complete_directories)'`);
      } else if (option.completes === 'files') parts.push('-rF');
      else if (option.type === 'string') parts.push('-x');
      return `${parts.join(' ')} -d ${quoted(option.about)}`;
    }),
  ];
}
