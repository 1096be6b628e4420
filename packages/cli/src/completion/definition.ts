import { define } from '../commands/definition';

export const SHELLS = ['bash', 'zsh', 'fish'] as const;

export const COMPLETION = define({
  name: 'completion',
  about: 'Writes what lets a shell complete the commands.',
  args: SHELLS.join('|'),
  completes: SHELLS,
  options: {},
  details: `bash   source <(waymark completion bash)                    in ~/.bashrc
zsh    source <(waymark completion zsh)                     in ~/.zshrc
fish   waymark completion fish > ~/.config/fish/completions/waymark.fish`,
});
