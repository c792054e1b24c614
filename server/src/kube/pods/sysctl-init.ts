import { memo } from '../../text/maps';
import type { Node } from '../../yaml/node';
import type { Place as ValuePlace } from '../../yaml/replace';
import type { Resource } from '../resource';
import { dotted } from './sysctl';
import { shellCommands } from './sysctl-shell';
import { initContainersOf, isForWindows } from './workload';

/** A value that a container writes with `sysctl -w`. */
export interface SysctlWrite {
  readonly name: string;
  /** Undefined when the shell computes it. */
  readonly value: string | undefined;
  /** The name, where the command spells it. */
  readonly at: Node | ValuePlace;
}

export interface SysctlContainer {
  readonly container: Node;
  readonly writes: readonly SysctlWrite[];
  /** Whether it does nothing else. */
  readonly isPure: boolean;
}

/** The privileged init containers of a workload that run `sysctl`. Without privileges they can't write. */
export const sysctlContainersOf = memo((workload: Resource): readonly SysctlContainer[] =>
  (isForWindows(workload) ? [] : initContainersOf(workload))
    .filter(container => container.at('securityContext', 'privileged').boolean === true)
    .map(container => ({ container, ...writesOf(container) }))
    .filter(({ writes }) => writes.length > 0),
);

interface Part {
  readonly text: string;
  readonly isLiteral: boolean;
  /** A range of the word's own text, as a place. */
  place(start: number, length: number): Node | ValuePlace;
}

function writesOf(container: Node): { writes: SysctlWrite[]; isPure: boolean } {
  const words = [...container.at('command').items(), ...container.at('args').items()];
  const shell = words.findIndex((word, i) => /^-[a-z]*c$/.test(word.string ?? '') && runsShell(words[0], i));
  const script = shell === -1 ? undefined : words[shell + 1];
  const commands = script ? commandsIn(script) : [words.map(argument)];
  return { writes: commands.flatMap(writesIn), isPure: commands.every(isPlainSysctl) };
}

function runsShell(program: Node | undefined, flagIndex: number): boolean {
  return flagIndex > 0 && /(?:^|\/)(?:ba|da|a|z|k)?sh$|busybox$/.test(program?.string ?? '');
}

function argument(node: Node): Part {
  const text = node.string ?? '';
  return {
    text,
    isLiteral: !text.includes('$('),
    place: (start, length) => ({ in: node, range: { start, end: start + length } }),
  };
}

function commandsIn(script: Node): Part[][] {
  const source = script.string ?? '';
  return shellCommands(source).map(command =>
    command.map(({ text, range, isLiteral }) => ({
      text,
      isLiteral,
      place: (start, length) => {
        const part = text.slice(start, start + length);
        const found = source.slice(range.start, range.end).indexOf(part);
        const at = range.start + Math.max(found, 0);
        return { in: script, range: found === -1 ? range : { start: at, end: at + length } };
      },
    })),
  );
}

/**
 * Words of the shell, and programs, that a call may stand behind.
 *
 * @own what is met before a call of sysctl in scripts of init containers
 */
const prefix = /^(?:if|then|elif|else|while|until|do|!|\{|exec|command|(?:.*\/)?(?:sudo|busybox))$/;

/** The arguments of a call of sysctl; undefined for any other command. */
function sysctlArguments(command: readonly Part[]): readonly Part[] | undefined {
  const first = command.findIndex(({ text }) => !prefix.test(text));
  return /^(?:.*\/)?sysctl$/.test(command[first]?.text ?? '') ? command.slice(first + 1) : undefined;
}

/** Whether a command does nothing but write the values that it names: `-p` and `--system` would read files. */
function isPlainSysctl(command: readonly Part[]): boolean {
  return sysctlArguments(command)?.every(({ text }) => !text.startsWith('-') || /^-[wqen]+$/.test(text)) ?? false;
}

function writesIn(command: readonly Part[]): SysctlWrite[] {
  return (sysctlArguments(command) ?? []).flatMap(part => {
    const equals = part.text.indexOf('=');
    if (part.text.startsWith('-') || equals <= 0) return [];
    const name = part.text.slice(0, equals).trim();
    if (!/^[A-Za-z0-9_./-]+$/.test(name)) return [];
    const value = part.isLiteral ? part.text.slice(equals + 1).trim() : undefined;
    return [{ name: dotted(name), value, at: part.place(0, name.length) }];
  });
}
