import { type Command, InvalidArgumentError, Option } from 'commander';
import { colorModes } from './color';
import { formatNames, type Output, outputIn } from './outputs';

const severities = ['error', 'warning', 'info', 'hint'];

/** `--no-ignore` is not the contrary of `--ignore <rules>`, as commander would have it. */
const everything = Object.assign(new Option('--no-ignore', 'read what .gitignore and config files leave out, too'), {
  negate: false,
  attributeName: () => 'everything',
});

/** The options of all that judges files. */
export function withConfigOptions(command: Command): Command {
  return command
    .option('--config <file>', 'use this config file instead of the nearest .kube-netlint.yaml')
    .option('--kubernetes <x.y>', 'target Kubernetes version')
    .option('--select <rules>', 'only these rules and areas, separated by commas', names)
    .option('--ignore <rules>', 'leave these rules and areas out, separated by commas', names);
}

export function withLintOptions(command: Command): Command {
  return withConfigOptions(command)
    .option(
      '--format <name[=file]>',
      `${formatNames.join(', ')}; several, each to a file but one: --format sarif=out.sarif --format pretty`,
      withOutput,
    )
    .option('--output-file <file>', 'write the output to a file')
    .option('--quiet', 'show only what makes the command fail, and nothing where all is well')
    .option('--statistics', 'count the findings of each rule instead of showing them')
    .addOption(new Option('--color <when>', 'colours; NO_COLOR and FORCE_COLOR count too').choices(colorModes))
    .option('--fix', 'apply the fixes that change nothing that runs; of - print the fixed text')
    .option('--unsafe-fixes', 'with --fix or --diff: apply the best fix of every finding, whatever it changes')
    .option('--diff', 'show what --fix would change, and change nothing; exit code 1 where it would')
    .addOption(new Option('--severity <floor>', 'show and count only findings from here up').choices(severities))
    .option('--all', 'show every finding, however often a rule repeats itself')
    .option('--max-warnings <n>', 'fail when there are more warnings', wholeNumber)
    .option('--exit-zero', 'end with 0 whatever is found, and with 2 where something went wrong')
    .option('--exclude <glob>', 'say nothing of these files; may be repeated', withGlob)
    .addOption(everything)
    .option('--baseline <file>', 'leave out what was known when this file was written')
    .option(
      '--write-baseline [file]',
      'write down what is found now; .kube-netlint-baseline.json unless another is named',
    )
    .option('--prune-baseline', 'take out of the baseline what nothing is found for any more')
    .option('--stdin-filename <file>', 'what standard input is to be taken for, with all that is around it')
    .option('--watch', 'lint again whenever something changes')
    .option('--cache', 'keep the output, and print it again while nothing changes; no effect with --fix, --diff or -')
    .option('--cache-file <file>', 'where --cache keeps it, instead of .kube-netlint-cache');
}

const names = (text: string): readonly string[] => text.split(/[\s,]+/).filter(name => name !== '');

const withGlob = (glob: string, before: readonly string[] = []): readonly string[] => [...before, glob];

function withOutput(text: string, before: readonly Output[] = []): readonly Output[] {
  try {
    return [...before, outputIn(text)];
  } catch (error) {
    throw new InvalidArgumentError(error instanceof Error ? error.message : String(error));
  }
}

function wholeNumber(text: string): number {
  if (!/^[0-9]+$/.test(text)) throw new InvalidArgumentError('It takes a whole number.');
  return Number(text);
}
