import type { Command } from 'commander';

/** Shells that completion is written for. */
export const SHELLS = ['bash', 'zsh', 'fish'] as const;

/** A script that completes commands, options and what an option may be; files are completed by the shell. */
export function completion(program: Command, shell: (typeof SHELLS)[number]): string {
  const commands = program.commands.map((command) => ({
    name: command.name(),
    description: command.description().replace(/'/g, '’'),
    words: [
      ...command.commands.map((sub) => sub.name()),
      ...command.registeredArguments.flatMap(({ argChoices }) => argChoices ?? []),
      ...optionsOf(command),
      ...command.commands.flatMap(optionsOf),
    ],
  }));
  const options = program.commands
    .flatMap((command) => [command, ...command.commands])
    .flatMap((command) => command.options);
  const choices = new Map(options.flatMap(({ long, argChoices }) => (long && argChoices ? [[long, argChoices]] : [])));
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
            ? `complete -c twicetold -n '__fish_seen_subcommand_from ${name}' -l ${word.slice(2)}${fishChoices(choices.get(word))}`
            : `complete -c twicetold -n '__fish_seen_subcommand_from ${name}' -a ${word}`,
        ),
      ),
      '',
    ].join('\n');
  const cases = commands.map(({ name, words }) => `    ${name}) words="${unique(words).join(' ')}" ;;`).join('\n');
  const values = [...choices].map(([option, of]) => `    ${option}) words="${of.join(' ')}" ;;`).join('\n');
  const script = `_twicetold() {
  local current="\${COMP_WORDS[COMP_CWORD]}" words="${names}"
  if [ "$COMP_CWORD" -gt 1 ]; then
    case "\${COMP_WORDS[1]}" in
${cases}
    *) words="" ;;
    esac
    case "$current" in -*) ;; *) words="\${words//--[a-z-]*/}" ;; esac
    case "\${COMP_WORDS[COMP_CWORD-1]}" in
${values}
    esac
  fi
  COMPREPLY=($(compgen -W "$words" -- "$current"))
}
complete -o default -F _twicetold twicetold
`;
  return shell === 'zsh' ? `autoload -U +X bashcompinit && bashcompinit\n${script}` : script;
}

function fishChoices(choices: readonly string[] | undefined): string {
  return choices === undefined ? '' : ` -x -a '${choices.join(' ')}'`;
}

function optionsOf(command: Command): string[] {
  return command.options.flatMap(({ long }) => (long === undefined || long === null ? [] : [long]));
}

function unique(words: readonly string[]): string[] {
  return [...new Set(words)];
}
