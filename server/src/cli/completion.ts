import type { Command, Option } from 'commander';
import { formatNames } from './outputs';

/** A script for each shell, of the commands and options that there are. */
const scripts = { bash, zsh, fish };

export type CompletionShell = keyof typeof scripts;
export const completionShells = Object.keys(scripts);

export function completion(program: Command, shell: CompletionShell): string {
  return scripts[shell](program.commands.flatMap(allSaid), program.name());
}

/** What a script knows of a command. */
interface Said {
  /** With those that it is of: `connectivity diff`. */
  readonly name: string;
  readonly about: string;
  readonly options: readonly { readonly flag: string; readonly about: string; readonly values: readonly string[] }[];
}

/** A command, and those that are of it. */
function allSaid(command: Command): readonly Said[] {
  const own = said(command);
  const inner = command.commands.flatMap(allSaid).map(each => ({ ...each, name: `${own.name} ${each.name}` }));
  return [own, ...inner];
}

function said(command: Command): Said {
  const flagOf = ({ long, short }: Option) => long ?? short ?? '';
  const values = (option: Option) =>
    option.argChoices ?? (command.name() === 'lint' && option.long === '--format' ? formatNames : []);
  const options = command.createHelp().visibleOptions(command);
  return {
    name: command.name(),
    about: command.description(),
    options: options.map(option => ({ flag: flagOf(option), about: option.description, values: values(option) })),
  };
}

const isInner = ({ name }: Said) => name.includes(' ');
const namesOf = (commands: readonly Said[]) => commands.flatMap(each => (isInner(each) ? [] : each.name));
/** The commands of one, by their last names. */
const innerOf = (commands: readonly Said[], outer: string) =>
  commands.flatMap(({ name }) => (name.startsWith(`${outer} `) ? name.slice(outer.length + 1) : []));
/** A case for each command that has some. */
const innerWords = (commands: readonly Said[], line: (words: string) => string) =>
  namesOf(commands).flatMap(name => {
    const inner = innerOf(commands, name);
    return inner.length > 0 ? `    ${name}) ${line(inner.join(' '))} ;;` : [];
  });
/** A case for each word that makes a command of what stood before it. */
const wayTo = (commands: readonly Said[]) =>
  commands.map(each => `      '${isInner(each) ? '' : ' '}${each.name}') command='${each.name}' ;;`).join('\n');
const flagsOf = ({ options }: Said) => options.map(({ flag }) => flag).join(' ');

/** A case for each option that takes one of some words: `lint --color`. */
const wordsOf = (commands: readonly Said[], line: (words: string) => string) =>
  commands.flatMap(({ name, options }) =>
    options.flatMap(({ flag, values }) =>
      values.length > 0 ? `    '${name} ${flag}') ${line(values.join(' '))}; return ;;` : [],
    ),
  );

function bash(commands: readonly Said[], program: string): string {
  return `_kube_netlint() {
  local current=\${COMP_WORDS[COMP_CWORD]} before=\${COMP_WORDS[COMP_CWORD-1]} command= word
  COMPREPLY=()
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case "$command $word" in
${wayTo(commands)}
    esac
  done
  command=\${command:-lint}
  case "$command $before" in
${wordsOf(commands, words => `COMPREPLY=($(compgen -W '${words}' -- "$current"))`).join('\n')}
  esac
  if [[ $current == -* ]]; then
    case $command in
${commands.map(each => `      '${each.name}') COMPREPLY=($(compgen -W '${flagsOf(each)}' -- "$current")) ;;`).join('\n')}
    esac
    return
  fi
  if ((COMP_CWORD == 1)); then COMPREPLY=($(compgen -W '${namesOf(commands).join(' ')}' -- "$current")); fi
  case $before in
${innerWords(commands, words => `COMPREPLY=($(compgen -W '${words}' -- "$current"))`).join('\n')}
  esac
  local IFS=$'\\n'
  COMPREPLY+=($(compgen -f -- "$current"))
}
complete -o filenames -F _kube_netlint ${program}
`;
}

function zsh(commands: readonly Said[], program: string): string {
  return `#compdef ${program}
_kube_netlint() {
  local current=\${words[CURRENT]} before=\${words[CURRENT-1]} command= word
  for word in "\${(@)words[2,CURRENT-1]}"; do
    case "$command $word" in
${wayTo(commands)}
    esac
  done
  command=\${command:-lint}
  case "$command $before" in
${wordsOf(commands, words => `compadd -- ${words}`).join('\n')}
  esac
  if [[ $current == -* ]]; then
    case $command in
${commands.map(each => `      '${each.name}') compadd -- ${flagsOf(each)} ;;`).join('\n')}
    esac
    return
  fi
  (( CURRENT == 2 )) && compadd -- ${namesOf(commands).join(' ')}
  case $before in
${innerWords(commands, words => `compadd -- ${words}`).join('\n')}
  esac
  _files
}
compdef _kube_netlint ${program}
`;
}

function fish(commands: readonly Said[], program: string): string {
  const named = namesOf(commands).filter(name => name !== 'lint');
  const quoted = (text: string) => `'${text.replace(/['\\]/g, '\\$&')}'`;
  const lines = commands.flatMap(({ name, about, options }) => {
    const [outer = '', inner] = name.split(' ');
    const others = innerOf(commands, name);
    const isThere = `__fish_seen_subcommand_from ${outer}`;
    const seen = [
      // The default command needs no name.
      name === 'lint' ? `not __fish_seen_subcommand_from ${named.join(' ')}` : isThere,
      ...(inner === undefined ? [] : [`__fish_seen_subcommand_from ${inner}`]),
      ...(others.length === 0 ? [] : [`not __fish_seen_subcommand_from ${others.join(' ')}`]),
    ].join('; and ');
    const offered = inner === undefined ? '__fish_use_subcommand' : quoted(isThere);
    return [
      `complete -c ${program} -n ${offered} -a ${inner ?? name} -d ${quoted(about)}`,
      ...options.map(({ flag, about, values }) => {
        const words = values.length > 0 ? ` -x -a ${quoted(values.join(' '))}` : '';
        return `complete -c ${program} -n ${quoted(seen)} -l ${flag.replace(/^--/, '')}${words} -d ${quoted(about)}`;
      }),
    ];
  });
  return `${lines.join('\n')}\n`;
}
