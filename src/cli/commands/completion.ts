import type { Command } from 'commander';

/** Shells that completion is written for. */
export const SHELLS = ['bash', 'zsh', 'fish'] as const;

/** A script that completes commands and options; files are completed by the shell. */
export function completion(program: Command, shell: (typeof SHELLS)[number]): string {
  const commands = program.commands.map((command) => ({
    name: command.name(),
    description: command.description().replace(/'/g, '’'),
    words: [
      ...command.commands.map((sub) => sub.name()),
      ...optionsOf(command),
      ...command.commands.flatMap(optionsOf),
    ],
  }));
  const names = commands.map(({ name }) => name).join(' ');
  if (shell === 'fish')
    return [
      'complete -c twicetold -n __fish_use_subcommand -f',
      ...commands.map(
        ({ name, description }) => `complete -c twicetold -n __fish_use_subcommand -a ${name} -d '${description}'`,
      ),
      ...commands.flatMap(({ name, words }) =>
        unique(words).map((word) =>
          word.startsWith('--')
            ? `complete -c twicetold -n '__fish_seen_subcommand_from ${name}' -l ${word.slice(2)}`
            : `complete -c twicetold -n '__fish_seen_subcommand_from ${name}' -a ${word}`,
        ),
      ),
      '',
    ].join('\n');
  const cases = commands.map(({ name, words }) => `    ${name}) words="${unique(words).join(' ')}" ;;`).join('\n');
  const script = `_twicetold() {
  local current="\${COMP_WORDS[COMP_CWORD]}" words="${names}"
  if [ "$COMP_CWORD" -gt 1 ]; then
    case "\${COMP_WORDS[1]}" in
${cases}
    *) words="" ;;
    esac
    case "$current" in -*) ;; *) COMPREPLY=($(compgen -W "\${words//--[a-z-]*/}" -- "$current") $(compgen -f -- "$current")); return ;; esac
  fi
  COMPREPLY=($(compgen -W "$words" -- "$current"))
}
complete -o filenames -F _twicetold twicetold
`;
  return shell === 'zsh' ? `autoload -U +X bashcompinit && bashcompinit\n${script}` : script;
}

function optionsOf(command: Command): string[] {
  return command.options.flatMap(({ long }) => (long === undefined || long === null ? [] : [long]));
}

function unique(words: readonly string[]): string[] {
  return [...new Set(words)];
}
