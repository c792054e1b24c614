import { Argument, Command, CommanderError, Option } from 'commander';
import { version } from '../../../package.json';
import { connectivityFormats } from '../network/answers/formats';
import { cacheOf } from './cache';
import { type CompletionShell, completion, completionShells } from './completion';
import type { ConfigOptions } from './config';
import type { ConnectivityOptions } from './connectivity';
import { type DifferenceOptions, differenceFormats } from './difference-options';
import { help } from './help';
import { type MapOptions, mapFormats } from './map-options';
import { withConfigOptions, withLintOptions } from './options';
import type { LintOptions } from './outcome';
import { outputsOf } from './outputs';
import type { RulesOptions } from './rules';
import { say } from './say';
import { visibleLines } from './visible';

/** Exit codes: 0 nothing at or above the floor, 1 findings, 2 usage, config or internal error. */
async function main(): Promise<number> {
  const program = new Command('kube-netlint')
    .description('Finds what is wrong or slow in the network that Kubernetes YAML describes.')
    .version(version)
    .exitOverride()
    // So that a command may have commands with options of their own.
    .enablePositionalOptions();
  let code = 0;

  const lint = withLintOptions(program.command('lint', { isDefault: true }))
    .description('lint files and folders (the default command); - reads standard input')
    .argument('[paths...]', 'files and folders; what is named together is one workspace', ['.'])
    .action(async (paths: string[], options: LintOptions) => {
      if (options.watch)
        return (await import('./watch')).watchCommand(paths, options, (await import('../rules')).rules);
      const cache = cacheOf(process.cwd(), paths, options);
      const report = cache?.recall();
      // Rules take longer to load than it takes to say again what was said.
      if (report) code = await say(report, outputsOf(options));
      else
        code = await (await import('./lint')).lintCommand(paths, options, (await import('../rules')).rules, { cache });
    });

  const connectivity = program
    .command('connectivity')
    .description('print the connections that the policies allow, or what decides on those of one end or pair')
    .argument('<path>', 'folder or file')
    .addOption(new Option('--format <name>', 'output format').choices(connectivityFormats).default('txt'))
    .option('--from <pods>', 'whom these may reach: namespace/name[Kind], namespace/name or name')
    .option('--to <pods>', 'who may reach these; with --from, whether those may, and which policies decide')
    // What stands behind `diff` is of `diff`.
    .enablePositionalOptions()
    .action(async (path: string, options: ConnectivityOptions) => {
      code = (await import('./connectivity')).connectivityCommand(path, options);
    });

  connectivity
    .command('diff')
    .description('print what a change opens and closes; a folder of this name is ./diff')
    .argument('<before>', 'folder or file')
    .argument('<after>', 'folder or file')
    .addOption(new Option('--format <name>', 'output format').choices(differenceFormats).default('txt'))
    .option('--exit-code', 'exit with 1 where something changes')
    .action(async (before: string, after: string, options: DifferenceOptions) => {
      const misplaced = Object.keys(connectivity.opts()).filter(
        name => connectivity.getOptionValueSource(name) === 'cli',
      );
      if (misplaced.length > 0)
        throw new Error(`--${misplaced[0]} stands before 'diff': options of 'diff' stand behind it`);
      code = (await import('./connectivity-diff')).connectivityDiffCommand(before, after, options);
    });

  program
    .command('render')
    .description('print the objects that a kustomization is built to')
    .argument('<folder>', 'the folder of the kustomization')
    .action(async (folder: string) => {
      code = (await import('./render')).renderCommand(folder);
    });

  program
    .command('isolate')
    .description('print the policies that isolate namespaces and keep the calls that the manifests show')
    .argument('<path>', 'folder or file')
    .option('--namespace <name>', 'only this namespace')
    .action(async (path: string, options: { namespace?: string }) => {
      code = (await import('./isolate')).isolateCommand(path, options.namespace);
    });

  program
    .command('map')
    .description('draw the network: a page, a drawing, or text for Mermaid and Graphviz')
    .argument('<folder>', 'folder or file')
    .option(
      '-o, --output <file>',
      `where it goes; its ending says the format: ${mapFormats.map(name => `.${name}`).join(', ')}`,
    )
    .addOption(new Option('--format <name>', 'the format, whatever the ending').choices(mapFormats))
    .option('--build <name>', 'which one, where there are alternatives')
    .action(async (folder: string, options: MapOptions) => {
      code = (await import('./map')).mapCommand(folder, options, (await import('../rules')).rules);
    });

  program
    .command('explain')
    .description('print the page of a rule, or list the rules of an area')
    .argument('<rule>', 'rule id, such as ingress/unknown-load-balance, or an area, such as ingress')
    .option('--full', 'with the cases that test the rule')
    .action(async (asked: string, options: { full?: boolean }) => {
      const answer = (await import('./explain')).explain(asked, (await import('../rules')).rules, options);
      (answer.code === 0 ? process.stdout : process.stderr).write(answer.text);
      code = answer.code;
    });

  withConfigOptions(program.command('rules'))
    .description('list the rules: how loud each is for a path, and why')
    .argument('[path]', 'folder or file', '.')
    .addOption(new Option('--format <name>', 'output format').choices(['table', 'json']).default('table'))
    .action(async (path: string, options: RulesOptions) => {
      code = (await import('./rules')).rulesCommand(path, options, (await import('../rules')).rules);
    });

  program
    .command('config')
    .description('print what is in force for a path, and which config file says so')
    .argument('[path]', 'folder or file', '.')
    .option('--config <file>', 'use this config file instead of the nearest .kube-netlint.yaml')
    .option('--kubernetes <x.y>', 'target Kubernetes version')
    .action(async (path: string, options: ConfigOptions) => {
      code = (await import('./in-force')).inForceCommand(path, options, (await import('../rules')).rules);
    });

  program
    .command('init')
    .description('write a config file that says what can be set')
    .action(async () => {
      code = (await import('./init')).initCommand();
    });

  program
    .command('completion')
    .description('print a script that completes commands and options')
    .addArgument(new Argument('<shell>', 'the shell').choices(completionShells))
    .action((shell: CompletionShell) => {
      process.stdout.write(completion(program, shell));
    });

  program
    .command('server')
    .description('run the language server, for editors')
    .requiredOption('--stdio', 'talk over standard input and output')
    .action(async () => {
      await import('../lsp/main.node');
      code = -1; // the server ends the process
    });

  // Who asks the program for help wants to lint.
  program.usage('[paths...] [options]').addHelpText('before', help.before).addHelpText('after', help.after);
  const visibleOptions = () => [...program.options, ...lint.createHelp().visibleOptions(lint)];
  program.configureHelp({ visibleOptions });
  await program.parseAsync();
  return code;
}

// Whoever has read enough, such as `head`, is no failure.
process.stdout.on('error', () => {});

main().then(
  code => {
    if (code >= 0) process.exitCode = code;
  },
  error => {
    if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 2;
    else {
      process.stderr.write(visibleLines(`kube-netlint: ${error instanceof Error ? error.message : String(error)}\n`));
      process.exitCode = 2;
    }
  },
);
