import { realpathSync } from 'node:fs';
import { type Argument, type Command, Argument as CommandArgument, type Option } from 'commander';
import { lanes, offeredStreams } from '../../core/stream/stream.ts';
import { exitCodes } from './exit-codes.ts';
import { readProfiles } from './profiles.ts';
import type { Run } from './session.ts';

const shells = ['bash', 'zsh', 'fish'] as const;
type Shell = (typeof shells)[number];

const completionHelp = `
Completes commands, options, streams, lanes and profiles; where a file is wanted, files. Put one line into the file that your shell reads
at its start, and have the command "afterword" in your PATH (npm link, in this folder) or as an alias.

  bash, ~/.bashrc                     source <(afterword completion bash)
  zsh, ~/.zshrc, after compinit       source <(afterword completion zsh)
  fish, ~/.config/fish/config.fish    afterword completion fish | source`;

/** `complete` answers the shells' scripts and is not shown in the help. */
export function addCompletionCommands(program: Command, run: Run, env: NodeJS.ProcessEnv): void {
  program
    .command('completion')
    .description('print a script that completes commands and options in a shell')
    .addArgument(new CommandArgument('<shell>', 'your shell').choices(shells))
    .addHelpText('after', completionHelp)
    .action((shell: Shell, _options: unknown, command: Command) =>
      run(command, async () => {
        process.stdout.write(scripts[shell](`"${process.execPath}" "${realpathSync(process.argv[1] ?? '')}" complete --`));
        return exitCodes.ok;
      }),
    );
  program
    .command('complete', { hidden: true })
    .argument('[words...]')
    .action((words: string[], _options: unknown, command: Command) =>
      run(command, async () => {
        for (const { word, about } of completions(program, words, env)) process.stdout.write(`${word}\t${about}\n`);
        return exitCodes.ok;
      }),
    );
}

interface Completion {
  readonly word: string;
  readonly about: string;
}

/**
 * What the last of the words may become, given those before it. Empty where anything may stand,
 * such as a file.
 */
export function completions(program: Command, words: readonly string[], env: NodeJS.ProcessEnv): Completion[] {
  const { command, place, wants } = walk(program, words.slice(0, -1));
  const begun = words.at(-1) ?? '';
  return offers({ command, place, wants, begun }, env).filter(({ word }) => word.startsWith(begun));
}

interface Place {
  readonly command: Command;
  /** How many arguments of the command stand before. */
  readonly place: number;
  /** The option whose value comes next. */
  readonly wants: Option | undefined;
}

/** Follows the words through commands, options with their values, and arguments. */
function walk(program: Command, words: readonly string[]): Place {
  let at: Place = { command: program, place: 0, wants: undefined };
  for (const word of words) {
    const { command, place, wants } = at;
    if (wants && !word.startsWith('-')) {
      at = { command, place, wants: wants.variadic ? wants : undefined };
      continue;
    }
    if (word.startsWith('-')) {
      const option = optionsOf(command).find(({ long, short }) => word === long || word === short);
      at = { command, place, wants: option?.required || option?.optional ? option : undefined };
      continue;
    }
    const next = command.commands.find((one) => one.name() === word);
    at = next && place === 0 ? { command: next, place: 0, wants: undefined } : { command, place: place + 1, wants: undefined };
  }
  return at;
}

function offers({ command, place, wants, begun }: Place & { readonly begun: string }, env: NodeJS.ProcessEnv): Completion[] {
  if (begun.startsWith('-'))
    return optionsOf(command).flatMap(({ long, description }) => (long ? [{ word: long, about: description }] : []));
  if (wants) return valuesOf(wants, wants.attributeName(), env);
  const names = place === 0 ? command.createHelp().visibleCommands(command) : [];
  const argument = command.registeredArguments[place] ?? command.registeredArguments.findLast(({ variadic }) => variadic);
  return [
    ...names.map((one) => ({ word: one.name(), about: one.description() })),
    ...(argument ? valuesOf(argument, argument.name(), env) : []),
  ];
}

/** The command's own options and those of the commands above it. */
function optionsOf(command: Command): Option[] {
  const help = command.createHelp();
  help.showGlobalOptions = true;
  return [...help.visibleOptions(command), ...help.visibleGlobalOptions(command)];
}

function valuesOf({ argChoices }: Pick<Argument | Option, 'argChoices'>, name: string, env: NodeJS.ProcessEnv): Completion[] {
  const words = argChoices ?? knownValues[name]?.(env) ?? [];
  return words.map((word) => ({ word, about: '' }));
}

/** Values that the API knows better, so that the command line does not refuse others. */
const knownValues: Readonly<Record<string, (env: NodeJS.ProcessEnv) => readonly string[]>> = {
  profile: (env) => readProfiles(env).profiles.map(({ name }) => name),
  stream: () => offeredStreams,
  what: () => lanes,
  queue: () => [...lanes, 'compose', 'events'],
};

/** Each prints what `complete` says, and completes files where it says nothing. */
const scripts: Readonly<Record<Shell, (complete: string) => string>> = {
  bash: (complete) => `_afterword() {
  local line
  COMPREPLY=()
  while IFS= read -r line; do COMPREPLY+=("\${line%%$'\\t'*}"); done < <(${complete} "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
}
complete -o default -F _afterword afterword
`,
  zsh: (complete) => `_afterword() {
  local line
  local -a found
  while IFS= read -r line; do found+=("\${line/$'\\t'/:}"); done < <(${complete} "\${(@)words[2,CURRENT]}" 2>/dev/null)
  if (( \${#found} )); then _describe afterword found; else _files; fi
}
compdef _afterword afterword
`,
  fish: (complete) => `function __afterword_complete
  set -l before (commandline -opc)
  set -e before[1]
  set -l last (commandline -ct)
  ${complete} $before "$last" 2>/dev/null
end
complete -c afterword -a '(__afterword_complete)'
`,
};
